package app

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"shuting/app/library"
)

// coversFolder lies in the data folder; the library puts pictures of its books
// into it, named by ISBN or by control number: 9787020002207.jpg.
const coversFolder = "covers"

// coversPath is where the page finds them.
const coversPath = "/covers/"

// pictures are the kinds of files that are taken, the first for a name wins.
var pictures = []string{".webp", ".jpg", ".jpeg", ".png"}

// coversLooked is how long the list of files is trusted.
const coversLooked = 10 * time.Second

// covers hands out the picture files of a folder. A title without one has its
// cover drawn by the page.
type covers struct {
	dir    string
	mu     sync.Mutex
	looked time.Time
	files  map[string]string // name without ending → file name
}

func newCovers(dir string) *covers { return &covers{dir: dir} }

// list is what lies in the folder, looked at anew now and then.
func (c *covers) list() map[string]string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.files != nil && time.Since(c.looked) < coversLooked {
		return c.files
	}
	files := map[string]string{}
	entries, err := os.ReadDir(c.dir)
	if err == nil {
		for _, e := range entries {
			ending := filepath.Ext(e.Name())
			rank := slices.Index(pictures, strings.ToLower(ending))
			if !e.Type().IsRegular() || rank < 0 {
				continue
			}
			name := strings.TrimSuffix(e.Name(), ending)
			if known, ok := files[name]; ok && slices.Index(pictures, strings.ToLower(filepath.Ext(known))) < rank {
				continue
			}
			files[name] = e.Name()
		}
	}
	c.files, c.looked = files, time.Now()
	return files
}

// of is the address of a title's picture, "" if there is none.
func (c *covers) of(t library.Title) string {
	files := c.list()
	if len(files) == 0 {
		return ""
	}
	_, own, _ := strings.Cut(t.Control, ":")
	for _, name := range append(slices.Clone(t.ISBNs), own) {
		if file, ok := files[name]; ok && name != "" {
			return coversPath + url.PathEscape(file)
		}
	}
	return ""
}

// ServeHTTP gives a picture that is in the list, and nothing else of the disk.
func (c *covers) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name, ok := strings.CutPrefix(r.URL.Path, coversPath)
	if ok {
		ok = name != "" && c.list()[strings.TrimSuffix(name, filepath.Ext(name))] == name
	}
	if !ok || r.Method != http.MethodGet {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "max-age=3600")
	http.ServeFile(w, r, filepath.Join(c.dir, name))
}
