package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"shuting/app/catalogue"
	"shuting/app/records"
)

// listFile writes a small table of books and returns its path.
func listFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "books.txt")
	text := "题名,责任者,条码\n石榴河的早晨,韦奥托著,B0000001\n下渡的春天,张甲著,B0000002\n无条码的书,,??\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAccept_L21_import_takes_any_kind_of_file(t *testing.T) {
	o, out := fresh(t)
	if err := Import(context.Background(), o, How{}, []string{listFile(t)}); err != nil {
		t.Fatal(err)
	}
	if text := out.String(); !strings.Contains(text, "3 records read") || !strings.Contains(text, "3 new") || !strings.Contains(text, "barcode_rejected") ||
		!strings.Contains(text, "everything listed: ") {
		t.Errorf("said %s", text)
	}
	h := mustOpen(t, o)
	err := h.records.View(context.Background(), func(tx *records.Tx) error {
		_, err := tx.ItemByBarcode("B0000002")
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestAccept_L23_a_dry_run_makes_no_library(t *testing.T) {
	o, _ := fresh(t)
	path := listFile(t)
	out, err := run(t, "", "--data", o.DataDir, "import", "--dry-run", "1", path)
	if err != nil || !strings.Contains(out, "石榴河的早晨") || !strings.Contains(out, "B0000001") || strings.Contains(out, "下渡的春天") {
		t.Errorf("%v\n%s", err, out)
	}
	if _, err := os.Stat(o.DataDir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a data folder was made: %v", err)
	}
}

func TestAccept_L23_the_mapping_is_printed_checked_and_used(t *testing.T) {
	o, _ := fresh(t)
	out, err := run(t, "", "import", "--print-mapping")
	if err != nil || out != string(catalogue.MappingExample()) {
		t.Fatalf("%v", err)
	}
	mapping := filepath.Join(t.TempDir(), "mapping.toml")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(mapping, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("[table]\ntitle = [\"责任者\"]\nauthor = [\"题名\"]\n")
	out, err = run(t, "", "--data", o.DataDir, "import", "--mapping", mapping, "--dry-run", "1", listFile(t))
	if err != nil || !strings.Contains(out, "title        韦奥托著") {
		t.Errorf("%v\n%s", err, out)
	}
	write("[marc21]\n\nauthors = []\n")
	_, err = run(t, "", "--data", o.DataDir, "import", "--mapping", mapping, listFile(t))
	if err == nil || !strings.Contains(err.Error(), mapping+":3: marc21.authors: ") {
		t.Errorf("a wrong mapping: %v", err)
	}
}

func TestImport_refuses_what_its_flags_do_not_allow(t *testing.T) {
	for _, args := range [][]string{{"--flavour", "mods"}, {"--charset", "shift-jis"}, {"--kind", "doc"}, {"--dry-run", "-1"}, {"--dry-run", "x"}} {
		_, err := run(t, "", append(append([]string{"import"}, args...), "a.mrc")...)
		var use usageError
		if !errors.As(err, &use) {
			t.Errorf("%v: %v", args, err)
		}
	}
}
