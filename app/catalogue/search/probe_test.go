package search
import ("testing";"math/rand/v2";"fmt")
func TestProbe(t *testing.T){
 tiers := map[Tier]int{}; q:=0; empty:=0; more:=0
 for seed := range uint64(40) {
  r := tester{rand.New(rand.NewPCG(77, seed))}
  docs := r.docs(40 + r.IntN(700)); ix := indexOf(docs)
  for range 150 { text:=r.query(docs); f:=r.filter(); checkSearch(t, ix, docs, text, f); q++
   res:=ix.Search(text,f,20,0); if len(res.Hits)==0 {empty++}; if res.More {more++}; for _,h:=range res.Hits {tiers[h.Tier]++} }
 }
 fmt.Println(q, empty, more, tiers)
}
