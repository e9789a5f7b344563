package config

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// uncommented is the example with every key switched on. A key is commented
// out by "#" alone, a remark begins with "# ".
func uncommented() string {
	return regexp.MustCompile(`(?m)^#([a-z_]+ = )`).ReplaceAllString(string(Example()), "$1")
}

// tagged lists the dotted key of every leaf of a settings struct.
func tagged(t reflect.Type, prefix string) []string {
	var out []string
	for i := range t.NumField() {
		f := t.Field(i)
		key := prefix + f.Tag.Get("toml")
		if f.Type.Kind() == reflect.Struct {
			out = append(out, tagged(f.Type, key+".")...)
		} else {
			out = append(out, key)
		}
	}
	return out
}

func TestAccept_L03_the_example_names_every_key_and_nothing_else(t *testing.T) {
	want := tagged(reflect.TypeFor[Config](), "")
	var cfg Config
	var known []string
	for _, f := range fields(&cfg) {
		known = append(known, f.key)
	}
	if !slices.Equal(known, want) {
		t.Fatalf("keys that are read\n%q\nare not the keys of the structs\n%q", known, want)
	}
	r := newReader("example", []byte(uncommented()), &cfg)
	r.read()
	if err := r.result(); err != nil {
		t.Fatalf("the example with every key switched on: %v", err)
	}
	for _, key := range want {
		if _, inExample := r.seen[key]; !inExample {
			t.Errorf("%s is not in the example", key)
		}
	}
	if len(r.seen) != len(want) {
		t.Errorf("%d keys in the example, %d in the structs", len(r.seen), len(want))
	}
}

func TestAccept_L03_the_example_switched_on_means_exactly_the_defaults(t *testing.T) {
	on := uncommented()
	if got := mustParse(t, on); !reflect.DeepEqual(got, Default()) {
		t.Errorf("switched on:\n%+v\ndefault:\n%+v", got, Default())
	}
	if got := mustParse(t, string(Example())); !reflect.DeepEqual(got, Default()) {
		t.Errorf("as delivered: %+v", got)
	}
	// Every line switched on was off before, so the delivered file sets nothing.
	var cfg Config
	r := newReader("example", Example(), &cfg)
	r.read()
	if len(r.seen) != 0 {
		t.Errorf("the delivered example sets %v", r.seen)
	}
}

func TestAccept_L03_the_example_tells_default_and_allowed_values_of_every_key(t *testing.T) {
	var cfg Config
	r := newReader("example", []byte(uncommented()), &cfg)
	r.read()
	lines := strings.Split(uncommented(), "\n")
	for _, f := range r.fields {
		var remark []string
		for i := r.line(r.seen[f.key].offset) - 2; i >= 0 && strings.HasPrefix(lines[i], "# "); i-- {
			remark = append(remark, strings.TrimPrefix(lines[i], "# "))
		}
		slices.Reverse(remark)
		words := strings.Join(remark, " ")
		if !strings.Contains(words, "Default: ") {
			t.Errorf("%s: no default in %q", f.key, words)
		}
		if _, after, found := strings.Cut(words, "Allowed"); !found || !strings.HasSuffix(after, ": "+f.allowed) {
			t.Errorf("%s: %q does not end with what is allowed: %s", f.key, words, f.allowed)
		}
	}
}
