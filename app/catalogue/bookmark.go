package catalogue

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"slices"

	"shuting/app/library"
	"shuting/app/records"
)

// settingBookmarks is the library's setting that keeps the bookmarks.
const settingBookmarks = "imports"

// mostBookmarks are kept, of the imports broken off last.
const mostBookmarks = 8

// bookmark says how far an import is. It is written in the same change as the
// titles before it, so it never promises more than is there.
type bookmark struct {
	Key    string // what file, and how it is read
	Number int    // of the last record that is in
	Offset int64  // of its first byte
	Read   int64  // bytes that had been read
	Hash   []byte // SHA-256 of these
}

// importing is the import a change belongs to.
type importing struct {
	key   string // of the bookmark; "" if none is kept
	read  int64
	hash  []byte
	last  bool // no record follows those at work
	seen  *controls
	clear bool // take the bookmark away
}

func (f *importing) described(control string) bool {
	return f != nil && control != "" && f.seen.has(control)
}

// keep moves the bookmark behind the records that this change finishes, or takes
// it away behind the last ones. of is how many were at work.
func (f *importing) keep(t *records.Tx, done []*intake, of int) error {
	if f == nil || f.key == "" || len(done) == 0 && !f.clear {
		return nil
	}
	all, err := bookmarks(t)
	if err != nil {
		return err
	}
	before := len(all)
	all = slices.DeleteFunc(all, func(b bookmark) bool { return b.Key == f.key })
	if f.clear || f.last && len(done) == of {
		if len(all) == before {
			return nil
		}
		return t.PutSetting(settingBookmarks, all)
	}
	end := done[len(done)-1]
	all = append(all, bookmark{Key: f.key, Number: end.number, Offset: end.offset, Read: f.read, Hash: f.hash})
	return t.PutSetting(settingBookmarks, all[max(0, len(all)-mostBookmarks):])
}

func bookmarks(t *records.Tx) (all []bookmark, err error) {
	if err = t.Setting(settingBookmarks, &all); errors.Is(err, records.ErrNotFound) {
		err = nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the bookmarks of imports: %w", err)
	}
	return all, nil
}

// readingVersion is raised when records are read or counted otherwise than
// before: a bookmark of an older program must not be followed then.
const readingVersion = 1

// bookmarkKey is the same for the same file read in the same way.
func (r *run) bookmarkKey(size int64) (string, error) {
	how, err := json.Marshal(struct {
		Version  int
		File     string
		Size     int64
		Source   string
		Reading  any
		Kind     Kind
		Mappings any
		Headers  any
		Branches map[string]string
	}{readingVersion, r.sum.File, size, r.o.Source, r.o.Marc, r.in.kind, r.mappings(), r.o.Headers, r.o.Branches})
	if err != nil {
		return "", fmt.Errorf("bookmark: %w", err)
	}
	sum := sha256.Sum256(how)
	return hex.EncodeToString(sum[:16]), nil
}

// resume finds how far an earlier run of the same import came. It reads the file
// up to there to see that it is still the same; if it is not, or cannot be gone
// back in, the import begins at the start.
func (r *run) resume(in io.Reader) error {
	if !r.in.again || r.sum.File == "" {
		return nil
	}
	key, err := r.bookmarkKey(r.in.size)
	if err != nil {
		return err
	}
	r.file.key = key
	var found bookmark
	err = r.s.o.Records.View(r.ctx, func(t *records.Tx) error {
		all, err := bookmarks(t)
		for _, b := range all {
			if b.Key == key {
				found = b
			}
		}
		return err
	})
	if err != nil || found.Key == "" {
		return err
	}
	r.kept = true
	same, err := sameBeginning(r.ctx, in.(io.ReadSeeker), found)
	if err == nil && same {
		r.before = found.Number
	}
	return err
}

// sameBeginning compares what was read of the file then, and goes back to where
// it stood.
func sameBeginning(ctx context.Context, in io.ReadSeeker, b bookmark) (same bool, err error) {
	at, err := in.Seek(0, io.SeekCurrent)
	if err != nil {
		return false, err
	}
	if _, err = in.Seek(0, io.SeekStart); err != nil {
		return false, err
	}
	sum := sha256.New()
	n, err := io.Copy(sum, &counter{in: io.LimitReader(in, b.Read), ctx: ctx})
	if err != nil {
		return false, err
	}
	_, err = in.Seek(at, io.SeekStart)
	return n == b.Read && bytes.Equal(sum.Sum(nil), b.Hash), err
}

// forget takes the bookmark of a finished import away, where its last change has
// not done so.
func (r *run) forget() error {
	if !r.kept {
		return nil
	}
	at := r.s.o.Clock()
	cmd := library.Command{ID: records.NewID(r.s.o.Records.Kiosk(), at), Actor: r.actor(), At: at}
	done := &importing{key: r.file.key, clear: true}
	_, err := r.s.o.Records.Do(r.ctx, cmd, "catalogue", func(t *records.Tx) (records.Outcome, error) {
		return records.Outcome{Code: "done", Facets: map[string]string{"branch": r.s.o.Branch}}, done.keep(t, nil, 0)
	})
	return err
}

// counter counts and hashes what was read and stops when ctx ends.
type counter struct {
	in   io.Reader
	ctx  context.Context
	n    int64
	hash hash.Hash // nil if nobody asks
}

func (c *counter) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.in.Read(p)
	c.n += int64(n)
	if c.hash != nil {
		c.hash.Write(p[:n])
	}
	return n, err
}
