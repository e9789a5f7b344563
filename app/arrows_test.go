package app

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// arrow says what one package of the house may import of the house and of the
// world outside, and why not more.
type arrow struct {
	siblings []string // below app/
	outside  []string // module prefixes beyond the standard library
	why      string
}

// arrows is the house of docs/architecture.md. A package that is not named
// here fails the test: decide what it owns first, then draw its arrows.
var arrows = map[string]arrow{
	"library": {nil, []string{"golang.org/x/text"},
		"the rules stay pure: facts and a time in, a decision out"},
	"config": {nil, []string{"github.com/pelletier/go-toml/v2"},
		"settings are checked before anything else exists"},
	"policyfile": {[]string{"library", "config"}, []string{"github.com/pelletier/go-toml/v2"},
		"a file of rules is read and checked without knowing what is in force"},
	"store": {nil, nil,
		"the contract knows no backend and no record"},
	"store/badgerstore": {[]string{"store"}, []string{"github.com/dgraph-io/badger/v4", "golang.org/x/sys", "google.golang.org/protobuf"},
		"a backend knows bytes, not patrons: another one must be able to take its place"},
	"store/storetest": {[]string{"store"}, nil,
		"the suite must fit every backend, so it may know none"},
	"records": {[]string{"library", "store"}, []string{"github.com/fxamacker/cbor/v2"},
		"records are typed storage; a service above them decides what happens"},
	"catalogue": {[]string{"library", "records", "store", "hanzi", "catalogue/marc", "catalogue/sheet", "catalogue/search"}, []string{"golang.org/x/text", "github.com/pelletier/go-toml/v2"},
		"catalogue knows titles, never who reads them"},
	"catalogue/marc": {nil, []string{"golang.org/x/text"},
		"a decoder turns bytes into records and knows nothing of the library"},
	"catalogue/sheet": {[]string{"catalogue/marc"}, []string{"golang.org/x/text", "github.com/xuri/excelize/v2"},
		"a decoder turns tables into records and knows nothing of the library"},
	"catalogue/search": {[]string{"hanzi"}, nil,
		"an index of what it is given: it asks nobody, so it can be measured and rebuilt alone"},
	"catalogue/search/searchbench": {[]string{"catalogue/search", "hanzi"}, nil,
		"a yardstick knows what it measures and nothing else"},
	"catalogue/marctest": {nil, []string{"golang.org/x/text"},
		"test records are made without the decoder they test"},
	"covers": {[]string{"library"}, nil,
		"pictures are files: no record, no reader and no service is needed to hand one out"},
	"hanzi": {nil, []string{"golang.org/x/text"},
		"what search, input and sorting share may know none of them"},
	"patrons": {[]string{"library", "records", "store"}, []string{"golang.org/x/crypto"},
		"services do not call each other; app passes skills in through small interfaces"},
	"circulation": {[]string{"library", "records", "store", "hanzi"}, nil,
		"one use case, one transaction; devices and the page hear of it after the commit"},
	"visit": {[]string{"library"}, nil,
		"a visit works with any lending: ours or an ILS, so it sees interfaces only"},
	"print": {[]string{"library", "hanzi"}, []string{"golang.org/x/text", "github.com/boombuler/barcode"},
		"documents are bytes; who sends them to which device is decided elsewhere"},
	"devices/scanner": {nil, []string{"go.bug.st/serial"},
		"a scanner hands on text; what it means is the visit's business"},
	"devices/scanner/scannertest": {nil, []string{"golang.org/x/sys"},
		"a scanner that is not there knows nothing of who listens to it"},
	"devices/printer": {nil, []string{"go.bug.st/serial"},
		"a device gets bytes and gives codes: it must not learn whose receipt it prints"},
	"devices/printer/printertest": {nil, nil,
		"a simulated printer knows nothing of the driver it tries"},
	"demo": {[]string{"library", "catalogue", "circulation", "patrons", "registration", "events"}, []string{"github.com/pelletier/go-toml/v2"},
		"the demo library comes in through the services, so it can hold nothing they would refuse"},
	"bridge": {[]string{"library", "visit", "staff", "catalogue", "ime"}, []string{"github.com/wailsapp/wails/v2"},
		"what the page can call must not reach around the visit into the store"},
	"window": {nil, nil,
		"the native view is guarded without knowing what it shows"},
}

const module = "shuting"

func TestAccept_L01_arrows_run_the_right_way(t *testing.T) {
	seen := map[string]bool{}
	err := filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return err
		}
		pkg := path.Dir(filepath.ToSlash(file))
		if pkg == "." {
			return nil // app itself wires everything
		}
		rule, ok := arrows[pkg]
		if !ok {
			t.Errorf("app/%s: no arrows are drawn for this package; name it in docs/architecture.md and in this test", pkg)
			return nil
		}
		seen[pkg] = true
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range f.Imports {
			if target := strings.Trim(spec.Path.Value, `"`); !rule.allows(target) {
				t.Errorf("app/%s imports %s: not allowed, because %s", file, target, rule.why)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, must := range []string{"library", "store", "records", "visit", "bridge"} {
		if !seen[must] {
			t.Errorf("app/%s was not looked at", must)
		}
	}
}

func (a arrow) allows(target string) bool {
	if inner, ok := strings.CutPrefix(target, module+"/app/"); ok {
		for _, s := range a.siblings {
			if inner == s {
				return true
			}
		}
		return false
	}
	if target == module || target == module+"/app" {
		return false // only main imports app
	}
	if first, _, _ := strings.Cut(target, "/"); !strings.Contains(first, ".") {
		return true // standard library, and "C"
	}
	for _, o := range a.outside {
		if target == o || strings.HasPrefix(target, o+"/") {
			return true
		}
	}
	return false
}

func TestArrows_would_catch_a_wrong_one(t *testing.T) {
	for pkg, target := range map[string]string{
		"library":     "shuting/app/records",
		"visit":       "shuting/app/store",
		"bridge":      "shuting/app/records",
		"circulation": "shuting/app/patrons",
		"store":       "github.com/dgraph-io/badger/v4",
		"records":     "shuting/app",
	} {
		if arrows[pkg].allows(target) {
			t.Errorf("%s may import %s", pkg, target)
		}
	}
}

func TestAccept_L01_rules_read_no_clock(t *testing.T) {
	for _, pkg := range []string{"library", "visit"} {
		files, err := filepath.Glob(pkg + "/*.go")
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v", pkg, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			for _, call := range callsOf(t, file, "time") {
				if call == "Now" || call == "Since" || call == "Until" {
					t.Errorf("%s calls time.%s: the clock is handed in", file, call)
				}
			}
		}
	}
}
