package search

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
)

// Whatever is added, changed and removed on the way, the Index finds what one
// built at once of the same titles finds.
func TestAccept_L28_changes_while_running_are_found_like_a_new_index(t *testing.T) {
	r := tester{rand.New(rand.NewPCG(29, 1))}
	now := map[string]Doc{}
	var first Builder
	for _, d := range r.docs(150) {
		first.Add(d)
		now[d.ID] = d
	}
	ix := first.Index()
	for round := range 40 {
		var docs []Doc
		for range 1 + r.IntN(1+round/3) {
			d := r.doc(fmt.Sprintf("T%05d", r.IntN(300)))
			docs = append(docs, d)
			now[d.ID] = d
		}
		ix.Put(docs...)
		var gone []string
		for range r.IntN(6) {
			id := fmt.Sprintf("T%05d", r.IntN(300))
			gone = append(gone, id)
			delete(now, id)
		}
		ix.Remove(gone...)
		if ix.Len() != len(now) {
			t.Fatalf("%d titles, want %d", ix.Len(), len(now))
		}
		compareIndexes(t, r, ix, now)
		checkSegments(t, ix)
	}
}

// compareIndexes holds ix against a new Index of docs.
func compareIndexes(t *testing.T, r tester, ix *Index, now map[string]Doc) {
	t.Helper()
	var docs []Doc
	for _, d := range now {
		docs = append(docs, d)
	}
	whole := indexOf(docs)
	compareCounts(t, ix, docs)
	for range 12 {
		query, f := r.query(docs), r.filter()
		offset := r.IntN(5)
		got, want := ix.Search(query, f, 30, offset), whole.Search(query, f, 30, offset)
		if !slices.Equal(got.Hits, want.Hits) || !want.More && got.Total != want.Total {
			t.Fatalf("%q: got %v, a new index %v", query, got, want)
		}
		d := docs[r.IntN(len(docs))]
		before, after := ix.Neighbours(d.ID, 5)
		wantBefore, wantAfter := whole.Neighbours(d.ID, 5)
		if !slices.Equal(before, wantBefore) || !slices.Equal(after, wantAfter) {
			t.Fatalf("neighbours of %s: %v %v, want %v %v", d.ID, before, after, wantBefore, wantAfter)
		}
		for _, author := range d.Authors {
			if got, want := ix.ByAuthor(author, 9), whole.ByAuthor(author, 9); !slices.Equal(got, want) {
				t.Fatalf("by %s: %v, want %v", author, got, want)
			}
		}
	}
}

// compareCounts holds what ix counts against docs.
func compareCounts(t *testing.T, ix *Index, docs []Doc) {
	t.Helper()
	classes, languages, there := map[string]int{}, map[string]int{}, map[string]bool{}
	for _, d := range docs {
		there[d.ID] = true
		for length := 1; length <= min(2, len(d.Class)); length++ {
			classes[d.Class[:length]]++
		}
		if d.Language != "" {
			languages[d.Language]++
		}
	}
	if got := ix.Classes(); !maps.Equal(got, classes) {
		t.Fatalf("classes %v, want %v", got, classes)
	}
	if got := ix.Languages(); !maps.Equal(got, languages) {
		t.Fatalf("languages %v, want %v", got, languages)
	}
	for i := range 300 {
		if id := fmt.Sprintf("T%05d", i); ix.Has(id) != there[id] {
			t.Fatalf("has %s: %v", id, ix.Has(id))
		}
	}
}

// checkSegments holds what keeps searches fast: few segments, none mostly dead.
func checkSegments(t *testing.T, ix *Index) {
	t.Helper()
	later := 0
	segments := ix.now.Load().parts
	for i := len(segments) - 1; i >= 0; i-- {
		p := segments[i]
		if p.alive() <= 0 || p.gone > p.alive() || i+1 < len(segments) && p.alive() <= 2*later {
			t.Fatalf("segment %d of %d: %d alive, %d gone, %d in later ones", i, len(segments), p.alive(), p.gone, later)
		}
		later += p.alive()
	}
}

func TestOfSeveralTitlesWithOneIDTheLastCounts(t *testing.T) {
	docs := []Doc{{ID: "a", Title: "红楼梦"}, {ID: "b", Title: "西游记"}, {ID: "a", Title: "水浒传"}}
	ix := indexOf(docs)
	ix.Put(docs[1], Doc{ID: "c", Title: "旧"}, Doc{ID: "c", Title: "新"})
	if ix.Len() != 3 {
		t.Errorf("%d titles, want 3", ix.Len())
	}
	for query, want := range map[string]int{"红楼梦": 0, "水浒传": 1, "西游记": 1, "旧": 0, "新": 1} {
		if found := ix.Search(query, Filter{}, 10, 0); len(found.Hits) != want {
			t.Errorf("%s: %v", query, found.Hits)
		}
	}
}

func TestAnEmptyIndexFindsNothingAndGrows(t *testing.T) {
	ix := new(Builder).Index()
	if found := ix.Search("红", Filter{}, 10, 0); len(found.Hits) != 0 || found.Total != 0 || found.More || ix.Len() != 0 {
		t.Errorf("found %+v", found)
	}
	ix.Remove("a")
	ix.Put()
	ix.Put(Doc{ID: "a", Title: "红楼梦"})
	if found := ix.Search("hlm", Filter{}, 10, 0); len(found.Hits) != 1 {
		t.Errorf("found %+v", found)
	}
	ix.Remove("a")
	if before, after := ix.Neighbours("a", 3); before != nil || after != nil || ix.Len() != 0 {
		t.Errorf("something is left: %v %v", before, after)
	}
}

// Searches go on while titles change, and see each change whole: the title that
// is always there is always found, a pair that is put together is found
// together.
func TestAccept_L28_searches_go_on_while_titles_change(t *testing.T) {
	r := tester{rand.New(rand.NewPCG(30, 1))}
	docs := r.docs(400)
	ix := indexOf(docs)
	ix.Put(Doc{ID: "fixed", Title: "永远在这里"}, Doc{ID: "x1", Title: "成双第一"}, Doc{ID: "x2", Title: "成双第一"})
	stop := make(chan struct{})
	var readers sync.WaitGroup
	for range 3 {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if found := ix.Search("yongyuan", Filter{}, 5, 0); len(found.Hits) != 1 || found.Hits[0].ID != "fixed" {
					t.Errorf("found %v", found.Hits)
					return
				}
				if found := ix.Search("chengshuang", Filter{}, 5, 0); len(found.Hits) != 2 {
					t.Errorf("found %v", found.Hits)
					return
				}
				if before, _ := ix.Neighbours("T00007", 3); len(before) > 3 {
					t.Errorf("neighbours %v", before)
				}
			}
		})
	}
	var writers sync.WaitGroup
	for w := range 2 {
		writers.Go(func() {
			for i := range 30 {
				title := fmt.Sprintf("成双第%d", i)
				ix.Put(Doc{ID: "x1", Title: title}, Doc{ID: "x2", Title: title})
				ix.Put(docs[(i*7+w*3)%len(docs)])
				ix.Remove(docs[(i*11+w)%len(docs)].ID)
			}
		})
	}
	writers.Wait()
	close(stop)
	readers.Wait()
}
