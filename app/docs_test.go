package app

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func mustRead(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", path))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestAccept_L04_every_promised_target_is_in_the_makefile_and_both_readmes_name_the_two_commands(t *testing.T) {
	makefile := mustRead(t, "Makefile")
	for _, target := range []string{"run", "test", "accept", "bench", "soak", "screens", "dist"} {
		if !regexp.MustCompile(`(?m)^` + target + `:`).MatchString(makefile) {
			t.Errorf("no target %s", target)
		}
	}
	for _, readme := range []string{"README.md", "README.zh-CN.md"} {
		for _, command := range []string{"make run", "make test"} {
			if !strings.Contains(mustRead(t, readme), command) {
				t.Errorf("%s does not name %s", readme, command)
			}
		}
	}
	if ci := mustRead(t, ".ci/run"); !strings.Contains(ci, "make test") {
		t.Error(".ci/run does not run make test")
	}
}

var link = regexp.MustCompile(`\]\(([^)#:]+)\)`)

func TestAccept_L19_the_documents_are_there_and_lead_where_they_say(t *testing.T) {
	documents := []string{"README.md", "README.zh-CN.md", "CHANGELOG.md", "docs/status.md", "docs/architecture.md", "docs/glossary.md",
		"docs/operations.md", "docs/dependencies.md", "docs/performance.md", "docs/demo.md"}
	links := 0
	for _, document := range documents {
		for _, to := range link.FindAllStringSubmatch(mustRead(t, document), -1) {
			links++
			if _, err := os.Stat(filepath.Join("..", filepath.Dir(document), to[1])); err != nil {
				t.Errorf("%s leads to %s, which is not there", document, to[1])
			}
		}
	}
	if links < 10 {
		t.Errorf("%d links in all: the test shows nothing", links)
	}
	if decisions, err := filepath.Glob("../docs/decisions/*.md"); err != nil || len(decisions) == 0 {
		t.Errorf("decisions: %d, %v", len(decisions), err)
	}
}
