package catalogue

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"

	"shuting/app/catalogue/sheet"
)

// mappingCheck finds what is TOML but no mapping.
type mappingCheck struct {
	file     string
	lines    map[string]int // key → its line; "marc21.title.2" is the second rule
	problems MappingErrors
}

// report blames the line of the rule, or of its list where the rule's own is not
// known.
func (c *mappingCheck) report(key, rule, message string) {
	line := c.lines[key+rule]
	if line == 0 {
		line = max(1, c.lines[key])
	}
	c.problems = append(c.problems, MappingProblem{c.file, line, key, message})
}

func (c *mappingCheck) flavour(table string, f flavourTOML) {
	for _, t := range texts {
		key := table + "." + t.key
		rules := *t.raw(&f)
		for i, r := range rules {
			if err := r.check(); err != nil {
				c.report(key, fmt.Sprintf(".%d", i+1), fmt.Sprintf("rule %d: %v", i+1, err))
			}
		}
		if t.key == "title" && rules != nil && len(rules) == 0 {
			c.report(key, "", "without a title nothing can be imported; name at least one rule")
		}
	}
	for i, r := range f.Items {
		if err := r.rule().Check(); err != nil {
			c.report(table+".items", fmt.Sprintf(".%d", i+1), fmt.Sprintf("rule %d: %v", i+1, err))
		}
	}
	if s := f.OriginalScript; s != nil && *s != "" && len(*s) != 3 {
		c.report(table+".original-script", "", fmt.Sprintf("%q is not a tag of three characters; \"\" for none", *s))
	}
}

// check finds rules that can never yield anything.
func (r ruleTOML) check() error {
	if err := r.rule().Check(); err != nil {
		return err
	}
	switch control := strings.HasPrefix(r.Tag, "00"); {
	case control && r.Codes != "":
		return fmt.Errorf("%s has no subfields; leave codes out", r.Tag)
	case !control && r.Codes == "":
		return fmt.Errorf("%s: codes names no subfield", r.Tag)
	case (r.When == "") != (r.Is == ""):
		return errors.New("when and is go together")
	}
	return nil
}

func (c *mappingCheck) headers(table map[string][]string) sheet.Headers {
	if table == nil {
		return nil
	}
	h := make(sheet.Headers, len(table))
	faulty := false
	for key, names := range table {
		one := sheet.Headers{sheet.Column(key): names}
		if err := one.Check(); err != nil {
			faulty = true
			c.report("table."+key, "", strings.TrimPrefix(err.Error(), "sheet: "))
		}
		h[sheet.Column(key)] = names
	}
	if err := h.Check(); err != nil && !faulty {
		c.report("table", "", strings.TrimPrefix(err.Error(), "sheet: "))
	}
	return h
}

// linesOf finds the line of every key and of every table in a list. The data is
// TOML that was read already.
func linesOf(data []byte) map[string]int {
	lines := make(map[string]int)
	var p unstable.Parser
	p.Reset(data)
	line := func(n *unstable.Node) int {
		return 1 + bytes.Count(data[:min(int(n.Raw.Offset), len(data))], []byte("\n"))
	}
	table := ""
	for p.NextExpression() {
		n := p.Expression()
		name, first := dottedKey(n.Key())
		switch n.Kind {
		case unstable.Table, unstable.ArrayTable:
			table = name + "."
			lines[name] = line(first)
		case unstable.KeyValue:
			lines[table+name] = line(first)
			elements := n.Value().Children()
			for i := 1; elements.Next(); i++ {
				if e := elements.Node(); e.Kind == unstable.InlineTable {
					if pairs := e.Children(); pairs.Next() {
						if _, first := dottedKey(pairs.Node().Key()); first != nil {
							lines[fmt.Sprintf("%s%s.%d", table, name, i)] = line(first)
						}
					}
				}
			}
		}
	}
	return lines
}

func dottedKey(it unstable.Iterator) (name string, first *unstable.Node) {
	var parts []string
	for it.Next() {
		if first == nil {
			first = it.Node()
		}
		parts = append(parts, string(it.Node().Data))
	}
	return strings.Join(parts, "."), first
}
