package covers

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"shuting/app/library"
)

func TestAccept_L26_a_picture_beside_the_data_is_the_cover(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"9787020002207.jpg", "9787020002207.png", "cnmarc_a b.webp", "notes.txt", "9780000000002.PNG"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("picture "+name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(filepath.Dir(dir), "outside.jpg"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	c := New(dir, func() time.Time { return now })
	for _, test := range []struct {
		title library.Title
		want  string
	}{
		{library.Title{ISBNs: []string{"9780000000001", "9787020002207"}}, "/covers/9787020002207.jpg"},
		{library.Title{ISBNs: []string{"9780000000002"}}, "/covers/9780000000002.PNG"},
		{library.Title{Control: "cnmarc:a b"}, "/covers/cnmarc_a%20b.webp"},
		{library.Title{Control: "cnmarc:notes"}, ""},
		{library.Title{Control: "cnmarc:../outside"}, ""},
		{library.Title{}, ""},
	} {
		if got := c.Of(test.title); got != test.want {
			t.Errorf("%+v: %q, want %q", test.title, got, test.want)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "9780000000003.jpg"), []byte("later"), 0o600); err != nil {
		t.Fatal(err)
	}
	later := library.Title{ISBNs: []string{"9780000000003"}}
	if got := c.Of(later); got != "" {
		t.Errorf("looked again at once: %q", got)
	}
	now = now.Add(trusted)
	if got := c.Of(later); got != "/covers/9780000000003.jpg" {
		t.Errorf("a picture added later: %q", got)
	}
	for path, want := range map[string]int{
		"/covers/9787020002207.jpg": http.StatusOK, "/covers/cnmarc_a%20b.webp": http.StatusOK,
		"/covers/9787020002207.png": http.StatusNotFound, "/covers/notes.txt": http.StatusNotFound,
		"/covers/": http.StatusNotFound, "/covers/..%2Foutside.jpg": http.StatusNotFound, "/other": http.StatusNotFound,
	} {
		w := httptest.NewRecorder()
		c.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != want {
			t.Errorf("%s: %d, want %d", path, w.Code, want)
		}
	}
}

func TestCovers_without_a_folder_all_are_drawn(t *testing.T) {
	if got := New(filepath.Join(t.TempDir(), "none"), time.Now).Of(library.Title{ISBNs: []string{"9787020002207"}}); got != "" {
		t.Errorf("got %q", got)
	}
}
