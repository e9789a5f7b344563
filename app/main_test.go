package app

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"shuting/app/config"
)

// run runs the command line and returns what it printed.
func run(t *testing.T, stdin string, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	root := commands(fstest.MapFS{}, "v1", &out, strings.NewReader(stdin))
	root.SetArgs(args)
	root.SetOut(&out)
	root.SetErr(&out)
	err := root.Execute()
	return out.String(), err
}

func TestAccept_L02_help_is_enough(t *testing.T) {
	help, err := run(t, "", "--help")
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"--data", "--config", "--demo", "--windowed", "import", "check", "version", "restore-keys", "settings"} {
		if !strings.Contains(help, word) {
			t.Errorf("the help does not name %s", word)
		}
	}
	for _, cmd := range []string{"import", "check", "restore-keys", "settings", "version"} {
		if help, err = run(t, "", cmd, "--help"); err != nil || !strings.Contains(help, "--data") {
			t.Errorf("%s --help: %v\n%s", cmd, err, help)
		}
	}
}

func TestAccept_L02_wrong_use_is_told(t *testing.T) {
	for _, args := range [][]string{{"open"}, {"--nonsense"}, {"import"}, {"check", "more"}, {"version", "2"}} {
		_, err := run(t, "", args...)
		var use usageError
		if !errors.As(err, &use) {
			t.Errorf("%v: %v", args, err)
		}
	}
}

func TestVersion_and_settings_need_no_library(t *testing.T) {
	if out, err := run(t, "", "version"); err != nil || !strings.HasPrefix(out, "shuting v1 ") {
		t.Errorf("%v %q", err, out)
	}
	if out, err := run(t, "", "settings"); err != nil || out != string(config.Example()) {
		t.Errorf("%v", err)
	}
}
