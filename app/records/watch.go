package records

import "shuting/app/library"

// Touched names what a durable change wrote, for whoever keeps something in
// memory that follows the records.
type Touched struct {
	Titles []string // titles whose description, or the description of whose copies, changed
	Copies []string // titles one of whose copies changed its state
}

// item notes a written item.
func (t *Touched) item(old, now library.Item) {
	t.Copies = append(t.Copies, now.TitleID)
	withdrawn := func(it library.Item) bool { return it.State == library.ItemWithdrawn }
	if old.TitleID == now.TitleID && old.CallNumber == now.CallNumber && old.Place == now.Place && withdrawn(old) == withdrawn(now) {
		return
	}
	t.Titles = append(t.Titles, now.TitleID)
	if old.TitleID != "" && old.TitleID != now.TitleID {
		t.Titles, t.Copies = append(t.Titles, old.TitleID), append(t.Copies, old.TitleID)
	}
}

func (t *Touched) add(more Touched) {
	t.Titles = append(t.Titles, more.Titles...)
	t.Copies = append(t.Copies, more.Copies...)
}

// Watch has fn called after each durable change that touched titles or items,
// before whoever made the change is answered. fn runs in the writer: it must be
// quick and must not call Do. There is one watcher; nil ends it.
func (r *Records) Watch(fn func(Touched)) {
	if fn == nil {
		r.watcher.Store(nil)
		return
	}
	r.watcher.Store(&fn)
}

func (r *Records) tell(t Touched) {
	if fn := r.watcher.Load(); fn != nil && len(t.Titles)+len(t.Copies) > 0 {
		(*fn)(t)
	}
}
