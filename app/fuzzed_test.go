package app

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// fuzzed are the decoders of what comes from outside or lies in the store, and
// the fuzz targets that try each.
var fuzzed = map[string]string{
	"ISO 2709":                    "catalogue/marc FuzzReader",
	"MARCXML":                     "catalogue/marc FuzzXML",
	"MARC-8":                      "catalogue/marc FuzzMARC8",
	"GB18030, Big5 and other":     "catalogue/marc FuzzText",
	"fields of a record":          "catalogue/marc FuzzMap",
	"CSV":                         "catalogue/sheet FuzzCSV",
	"XLSX, the rows":              "catalogue/sheet FuzzXLSXRows",
	"XLSX, the archive":           "catalogue/sheet FuzzWorkbook",
	"mappings":                    "catalogue FuzzMapping",
	"records of the store (CBOR)": "records FuzzDecode",
	"this kiosk's settings":       "config FuzzParse",
	"lending rules":               "policyfile FuzzParse",
	"what a reader types":         "catalogue/search FuzzQuery",
	"receipts and slips":          "print FuzzDocument",
	"the line of a scanner":       "devices/scanner FuzzFrames",
}

// decoding are the imports of a package that decodes; notDecoding are the packages
// that have them for something else.
var (
	decoding    = []string{"github.com/fxamacker/cbor", "github.com/pelletier/go-toml", "github.com/xuri/excelize", "golang.org/x/text/encoding", "encoding/xml", "encoding/csv", "archive/zip"}
	notDecoding = map[string]string{
		"demo":               "its list is compiled in",
		"catalogue/marctest": "it writes records for tests",
	}
)

// leastKept is how many inputs are kept for a target, besides those in its code.
const leastKept = 3

func TestAccept_L35_every_decoder_is_fuzzed_with_a_kept_corpus(t *testing.T) {
	targets, decoders := readTargets(t)
	for what, want := range fuzzed {
		if !slices.Contains(targets, want) {
			t.Errorf("%s: there is no fuzz target %s", what, want)
		}
	}
	for _, folder := range decoders {
		has := func(target string) bool { return strings.HasPrefix(target, folder+" ") }
		if notDecoding[folder] == "" && !slices.ContainsFunc(targets, has) {
			t.Errorf("%s decodes and has no fuzz target", folder)
		}
	}
	for _, target := range targets {
		folder, name, _ := strings.Cut(target, " ")
		kept, err := os.ReadDir(filepath.Join(filepath.FromSlash(folder), "testdata", "fuzz", name))
		if err != nil || len(kept) < leastKept {
			t.Errorf("%s keeps %d inputs in testdata/fuzz/%s, want at least %d", folder, len(kept), name, leastKept)
		}
	}
}

// readTargets gives every fuzz target below app, "folder name", and the folders
// of packages that decode.
func readTargets(t *testing.T) (targets, decoders []string) {
	t.Helper()
	err := filepath.WalkDir(".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(file) != ".go" {
			return err
		}
		folder := path.Dir(filepath.ToSlash(file))
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		if !strings.HasSuffix(file, "_test.go") {
			if slices.ContainsFunc(tree.Imports, decodes) && !slices.Contains(decoders, folder) {
				decoders = append(decoders, folder)
			}
			return nil
		}
		for _, d := range tree.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && strings.HasPrefix(f.Name.Name, "Fuzz") {
				targets = append(targets, folder+" "+f.Name.Name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return targets, decoders
}

func decodes(i *ast.ImportSpec) bool {
	name, err := strconv.Unquote(i.Path.Value)
	return err == nil && slices.ContainsFunc(decoding, func(d string) bool {
		return name == d || strings.HasPrefix(name, d+"/")
	})
}
