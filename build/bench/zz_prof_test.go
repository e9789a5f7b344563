package main
import ("testing";"context")
func BenchmarkCheckOut(b *testing.B){ ctx:=context.Background(); d,err:=openDesk(ctx,b.TempDir(),small); if err!=nil{b.Fatal(err)}; defer d.close(); i:=0
 for b.Loop(){ i++; x,err:=d.checkOut(ctx,d.patrons[i%100]); if err!=nil{b.Fatal(err)}; b.StopTimer(); if err:=d.checkIn(ctx,x);err!=nil{b.Fatal(err)}; b.StartTimer() } }
