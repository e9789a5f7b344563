package catalogue_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"shuting/app/catalogue"
)

const childDir = "SHUTING_TEST_IMPORT_DIR"

const (
	killedTitles = 1500
	killedName   = "k.mrc"
)

// killedFile is the file the child imports: one title is larger than a change.
func killedFile() []byte {
	var file []byte
	for n := range killedTitles {
		codes := []string{barcode(1000 * n)}
		for i := 1; n%500 == 7 && i < 200; i++ {
			codes = append(codes, barcode(1000*n+i))
		}
		file = append(file, book(n, codes...)...)
	}
	return file
}

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		fmt.Fprintln(os.Stderr, importAsChild(dir))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// importAsChild is what the killed process does. It tells after every change.
func importAsChild(dir string) error {
	_, rec, err := openLibrary(dir, nil)
	if err != nil {
		return err
	}
	at := start
	clock := func() time.Time { at = at.Add(time.Second); return at }
	_, err = catalogue.New(catalogue.Options{Records: rec, Branch: "main", Clock: clock}).Import(context.Background(),
		bytes.NewReader(killedFile()), killedName, catalogue.ImportOptions{},
		func(p catalogue.Progress) { fmt.Printf("handled %d\n", p.Records) })
	return errors.Join(errors.New("the import ended before it was killed"), err)
}

func TestAccept_L12_a_killed_import_continues(t *testing.T) {
	for _, after := range []int{1, 300, 700} {
		t.Run(fmt.Sprintf("after %d records", after), func(t *testing.T) {
			dir := t.TempDir()
			told := importUntilKilled(t, dir, after)
			h := mustHouseIn(t, dir)
			in := h.mustBeClean()
			if in["titles"] < told {
				t.Errorf("%d were told as handled, %d are there", told, in["titles"])
			}
			sum := h.mustImport(killedFile())
			if sum.Unchanged < in["titles"] || sum.ItemsUnchanged != in["items"] || sum.New != killedTitles-in["titles"] {
				t.Errorf("killed with %v; the next run: %+v", in, sum)
			}
			want := killedTitles + killedTitles/500*199
			if now := h.mustBeClean(); now["titles"] != killedTitles || now["items"] != want {
				t.Errorf("in the end %v, want %d titles and %d items", now, killedTitles, want)
			}
		})
	}
}

func TestAccept_L25_a_killed_import_continues_where_it_was(t *testing.T) {
	dir := t.TempDir()
	importUntilKilled(t, dir, 500)
	h := mustHouseIn(t, dir)
	in := h.mustBeClean()["titles"]
	sum, err := h.service.Import(context.Background(), bytes.NewReader(killedFile()), killedName, catalogue.ImportOptions{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	// Behind the bookmark there is at most the one title that was under way.
	if sum.Before < in-1 || sum.Before+sum.Unchanged != in || sum.New != killedTitles-in || sum.Updated != 0 {
		t.Errorf("killed with %d titles; the next run: %+v", in, sum)
	}
	want := killedTitles + killedTitles/500*199
	if now := h.mustBeClean(); now["titles"] != killedTitles || now["items"] != want {
		t.Errorf("in the end %v, want %d titles and %d items", now, killedTitles, want)
	}
}

// importUntilKilled kills an importing process when it has told of so many
// records, and returns how many it told of.
func importUntilKilled(t *testing.T, dir string, after int) int {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	cmd.Env = append(os.Environ(), childDir+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	told := 0
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if number, ok := strings.CutPrefix(lines.Text(), "handled "); ok {
			if told, err = strconv.Atoi(number); err != nil {
				t.Fatal(err)
			}
		}
		if told >= after {
			break
		}
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // it was killed, or it complained
	if complaint.Len() > 0 {
		t.Fatal(complaint.String())
	}
	if told < after {
		t.Fatalf("the import told of %d records only", told)
	}
	return told
}
