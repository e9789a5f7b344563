package app

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"shuting/app/bridge"
	"shuting/app/catalogue"
	"shuting/app/store/badgerstore"
	"shuting/app/visit"
)

// newClosedKiosk is a kiosk whose library was refused at the start.
func newClosedKiosk(t *testing.T) *Kiosk {
	t.Helper()
	k, err := newClosed(Options{DataDir: t.TempDir(), Out: io.Discard}, &badgerstore.OpenError{Code: badgerstore.CodeNoSpace})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := k.Close(); err != nil {
			t.Error(err)
		}
	})
	return k
}

func TestClosed_kiosk_answers_everything_the_page_may_ask(t *testing.T) {
	k := newClosedKiosk(t)
	var coded interface{ Error() string }
	if _, err := k.bridge.Find(catalogue.Query{Text: "hlm"}); !errors.As(err, &coded) || bridge.FormatError(err) != `{"code":"internal","params":{}}` {
		t.Errorf("find: %v", err)
	}
	if _, err := k.bridge.TitleView("k1-t"); err == nil {
		t.Error("a title was told of")
	}
	if s, err := k.bridge.Shelves(); err != nil || s.Titles != 0 || s.Classes == nil {
		t.Errorf("shelves: %+v, %v", s, err)
	}
	if _, err := (closedDesk{}).TitleOf(context.Background(), "B1"); !errors.Is(err, errClosed) {
		t.Errorf("title of a copy: %v", err)
	}
	s, err := k.visit.Begin(visit.ScreenSearch)
	if err != nil || s.Screen != visit.ScreenIdle || s.Lending {
		t.Errorf("search began: %+v, %v", s, err)
	}
	w := httptest.NewRecorder()
	k.house.covers.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/covers/1.jpg", nil))
	if w.Code != http.StatusNotFound {
		t.Errorf("a cover: %d", w.Code)
	}
}
