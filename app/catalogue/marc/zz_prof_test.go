package marc
import ("testing";"os";"io";"errors")
func BenchmarkZZ(b *testing.B){ for b.Loop() { f,_:=os.Open("/tmp/imp/200k.mrc"); r:=NewReader(f,Options{}); n:=0; for { _,_,err:=r.Next(); if errors.Is(err,io.EOF){break}; n++ }; f.Close(); b.ReportMetric(float64(n),"rec") } }
