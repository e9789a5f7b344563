// Package covers hands out the picture files of books that a library puts beside
// its data. A title without one has its cover drawn by the page. It looks into
// one folder and gives nothing else of the disk; it changes no picture.
package covers

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

// Path is where the page finds them.
const Path = "/covers/"

// pictures are the kinds of files that are taken, the first for a name wins.
var pictures = []string{".webp", ".jpg", ".jpeg", ".png"}

// trusted is how long the list of files is.
const trusted = 10 * time.Second

// Covers are the pictures of one folder, named by ISBN (9787020002207.jpg) or by
// control number with its source (cnmarc_012003.jpg). Safe for concurrent use.
type Covers struct {
	dir    string
	now    func() time.Time
	mu     sync.Mutex
	looked time.Time
	files  map[string]string // name without ending → file name
}

// New looks into dir, which need not exist. now is time.Now.
func New(dir string, now func() time.Time) *Covers { return &Covers{dir: dir, now: now} }

// list is what lies in the folder, looked at anew now and then.
func (c *Covers) list() map[string]string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.files != nil && c.now().Sub(c.looked) < trusted {
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
	c.files, c.looked = files, c.now()
	return files
}

// Of is the address of a title's picture, "" if there is none.
func (c *Covers) Of(t library.Title) string {
	files := c.list()
	if len(files) == 0 {
		return ""
	}
	for _, name := range append(slices.Clone(t.ISBNs), strings.ReplaceAll(t.Control, ":", "_")) {
		if file, ok := files[name]; ok && name != "" {
			return Path + url.PathEscape(file)
		}
	}
	return ""
}

// ServeHTTP gives a picture that is in the list, and nothing else of the disk.
func (c *Covers) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name, ok := strings.CutPrefix(r.URL.Path, Path)
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
