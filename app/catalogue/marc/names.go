package marc

import "strings"

// roles are the words that follow a name in a Chinese statement of
// responsibility, longest first so that the whole word is taken off.
var roles = []string{
	"编著绘", "译注", "编著", "主编", "编译", "编写", "编绘", "编选", "选编", "校注", "校点", "点校", "整理", "改编", "绘画", "绘图", "插图",
	"撰文", "文图", "图文", "著绘", "口述", "翻译", "原著", "编", "著", "译", "绘", "撰", "注", "校", "辑", "画", "图", "文",
	"譯注", "編著", "主編", "編譯", "編寫", "編繪", "編選", "選編", "校註", "點校", "改編", "繪畫", "繪圖", "插圖", "撰文", "著繪", "翻譯",
	"編", "譯", "繪", "註", "輯", "畫", "圖",
}

// authorsFrom reads names out of a statement of responsibility. Only Chinese
// statements have a form that can be taken apart safely; any other is one name.
func authorsFrom(statement string) []Author {
	if !isHan(statement) {
		if statement == "" {
			return nil
		}
		return []Author{{Name: statement}}
	}
	var authors []Author
	for _, group := range strings.FieldsFunc(statement, func(r rune) bool { return r == ';' || r == '；' }) {
		first := len(authors)
		role := ""
		for _, name := range strings.FieldsFunc(group, func(r rune) bool { return r == ',' || r == '，' || r == '、' }) {
			name = withoutCountry(strings.TrimSpace(name))
			name, role = splitRole(name)
			if name != "" {
				authors = append(authors, Author{Name: name, Role: role})
			}
		}
		for i := first; i < len(authors); i++ {
			if authors[i].Role == "" {
				authors[i].Role = role // the role after the last name is that of all
			}
		}
	}
	return authors
}

// withoutCountry drops "(美)", "[清]" and the like before a name.
func withoutCountry(name string) string {
	for _, pair := range [][2]string{{"(", ")"}, {"（", "）"}, {"[", "]"}, {"〔", "〕"}, {"［", "］"}} {
		if inside, found := strings.CutPrefix(name, pair[0]); found {
			if _, rest, found := strings.Cut(inside, pair[1]); found {
				return withoutCountry(strings.TrimSpace(rest))
			}
		}
	}
	return name
}

// splitRole takes the role off the end of a name of at least two characters;
// of "文/图", two roles of one person, both.
func splitRole(name string) (rest, role string) {
	name = strings.TrimSuffix(name, "等") // "and others" without a role
	for _, role := range roles {
		rest, found := strings.CutSuffix(name, role)
		if !found {
			continue
		}
		if before, both := strings.CutSuffix(rest, "/"); both {
			if rest, first := splitRole(before); first != "" {
				return rest, first + "/" + role
			}
		}
		rest = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "等"))
		if len(rest) >= len("鲁迅") {
			return rest, role
		}
	}
	return name, ""
}

// joinName joins the parts of one name; between Chinese characters there is
// nothing to put.
func joinName(parts []string, separator string) string {
	switch len(parts) {
	case 0:
		return ""
	case 1:
		return parts[0]
	}
	name := parts[0]
	for i, part := range parts[1:] {
		if !isHan(part) || !isHan(parts[i]) {
			name += separator
		}
		name += part
	}
	return name
}

// IsStatement tells whether the authors are read out of this text as out of a
// Chinese statement of responsibility.
func IsStatement(text string) bool { return isHan(text) }
