package config

import (
	"fmt"
	"math"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// rule is what one key may hold.
type rule struct {
	allowed string             // in words, for the report and the example file
	set     func(v any) string // stores a decoded TOML value, or says what is wrong with it
}

func integer(p *int, least, most int, unit string) rule {
	return rule{
		allowed: fmt.Sprintf("a whole number from %d to %d (%s)", least, most, unit),
		set: func(v any) string {
			n, ok := v.(int64)
			if !ok {
				return "must be a whole number, not " + kindOf(v)
			}
			if n < int64(least) || n > int64(most) {
				return fmt.Sprintf("%d is out of range", n)
			}
			*p = int(n)
			return ""
		},
	}
}

// listed is a whole number out of a few.
func listed(p *int, values ...int) rule {
	words := make([]string, len(values))
	for i, n := range values {
		words[i] = strconv.Itoa(n)
	}
	return rule{allowed: "one of " + strings.Join(words, ", "), set: func(v any) string {
		n, ok := v.(int64)
		if !ok {
			return "must be a whole number, not " + kindOf(v)
		}
		if !slices.Contains(values, int(n)) || int64(int(n)) != n {
			return fmt.Sprintf("%d is not one of the values", n)
		}
		*p = int(n)
		return ""
	}}
}

func seconds(p *time.Duration, least, most int) rule {
	n := 0
	whole := integer(&n, least, most, "seconds")
	return rule{allowed: whole.allowed, set: func(v any) string {
		if fault := whole.set(v); fault != "" {
			return fault
		}
		*p = time.Duration(n) * time.Second
		return ""
	}}
}

func number(p *float64, least, most float64, unit string) rule {
	allowed := "a number from " + short(least) + " to " + short(most)
	if unit != "" {
		allowed += " (" + unit + ")"
	}
	return rule{
		allowed: allowed,
		set: func(v any) string {
			var n float64
			switch v := v.(type) {
			case int64:
				n = float64(v)
			case float64:
				n = v
			default:
				return "must be a number, not " + kindOf(v)
			}
			if math.IsNaN(n) || n < least || n > most {
				return short(n) + " is out of range"
			}
			*p = n
			return ""
		},
	}
}

func flag(p *bool) rule {
	return rule{allowed: "true or false", set: func(v any) string {
		b, ok := v.(bool)
		if !ok {
			return "must be true or false, not " + kindOf(v)
		}
		*p = b
		return ""
	}}
}

func oneOf[T ~string](p *T, values ...T) rule {
	return rule{allowed: choices(values, " or "), set: func(v any) string {
		s, ok := v.(string)
		if !ok {
			return "must be text in quotes, not " + kindOf(v)
		}
		if !slices.Contains(values, T(s)) {
			return quote(s) + " is not one of the values"
		}
		*p = T(s)
		return ""
	}}
}

// someOf is a list with at least one of the values and none twice.
func someOf[T ~string](p *[]T, values ...T) rule {
	return rule{allowed: "a list of one or more of " + choices(values, ", ") + ", none twice", set: func(v any) string {
		list, ok := v.([]any)
		if !ok {
			return "must be a list in square brackets, not " + kindOf(v)
		}
		if len(list) == 0 {
			return "the list is empty"
		}
		var out []T
		for _, e := range list {
			s, ok := e.(string)
			switch {
			case !ok:
				return "the list must hold text in quotes, not " + kindOf(e)
			case !slices.Contains(values, T(s)):
				return quote(s) + " is not one of the values"
			case slices.Contains(out, T(s)):
				return quote(s) + " is in the list twice"
			}
			out = append(out, T(s))
		}
		*p = out
		return ""
	}}
}

// text is a string that passes fault, which says what is wrong with it or "".
func text(p *string, allowed string, fault func(string) string) rule {
	return rule{allowed: allowed, set: func(v any) string {
		s, ok := v.(string)
		if !ok {
			return "must be text in quotes, not " + kindOf(v)
		}
		if why := fault(s); why != "" {
			return why
		}
		*p = s
		return ""
	}}
}

// shaped is text that matches shape, which must be anchored.
func shaped(p *string, allowed, shape string) rule {
	re := regexp.MustCompile(shape)
	return text(p, allowed, func(s string) string {
		if !re.MatchString(s) {
			return quote(s) + " does not fit"
		}
		return ""
	})
}

const maxName = 60

func name(p *string, mayBeEmpty bool) rule {
	allowed := fmt.Sprintf("1 to %d characters on one line", maxName)
	if mayBeEmpty {
		allowed = `"" or ` + allowed
	}
	return text(p, allowed, func(s string) string {
		switch {
		case s == "" && mayBeEmpty:
			return ""
		case strings.TrimSpace(s) == "":
			return "is blank"
		case strings.IndexFunc(s, unicode.IsControl) >= 0:
			return "holds a line break or another control character"
		case utf8.RuneCountInString(s) > maxName:
			return fmt.Sprintf("has %d characters", utf8.RuneCountInString(s))
		}
		return ""
	})
}

func seal(p *string) rule {
	return text(p, "exactly two characters (letters or Han characters)", func(s string) string {
		r := []rune(s)
		if len(r) != 2 || !unicode.IsLetter(r[0]) || !unicode.IsLetter(r[1]) {
			return quote(s) + " does not fit"
		}
		return ""
	})
}

func timeZone(p *string) rule {
	return text(p, `a name of the IANA time zone list, as "Asia/Shanghai"`, func(s string) string {
		if _, err := (Library{TimeZone: s}).Location(); err != nil {
			return quote(s) + " is not a known time zone"
		}
		return ""
	})
}

// path refuses relative paths: what they mean would hang on how the kiosk was
// started, and a second store would quietly begin somewhere else.
func path(p *string, what string) rule {
	return text(p, `"" or the full path of a `+what, func(s string) string {
		switch {
		case s == "":
			return ""
		case strings.IndexFunc(s, unicode.IsControl) >= 0:
			return "holds a control character (in double quotes a backslash begins one: use single quotes)"
		case !filepath.IsAbs(s):
			return quote(s) + " is not a full path"
		}
		return ""
	})
}

const maxPlace = 255

// device is where a device is; whether it is there is seen when it is used.
func device(p *string, what string) rule {
	return text(p, `"" or `+what, func(s string) string {
		switch {
		case strings.IndexFunc(s, unicode.IsControl) >= 0:
			return "holds a control character (in double quotes a backslash begins one: use single quotes)"
		case strings.TrimSpace(s) != s:
			return quote(s) + " begins or ends with a space"
		case len(s) > maxPlace:
			return fmt.Sprintf("has %d bytes, more than %d", len(s), maxPlace)
		}
		return ""
	})
}

const maxPattern = 200

func pattern(p *string) rule {
	return text(p, fmt.Sprintf("a regular expression (RE2) of 1 to %d characters that no empty code fits", maxPattern), func(s string) string {
		if utf8.RuneCountInString(s) > maxPattern {
			return fmt.Sprintf("has %d characters", utf8.RuneCountInString(s))
		}
		re, err := compileWhole(s)
		switch {
		case err != nil:
			return "is not a regular expression: " + oneLine(strings.TrimPrefix(err.Error(), "error parsing regexp: "))
		case re.MatchString(""):
			return quote(s) + " fits an empty code"
		}
		return ""
	})
}

// kindOf names the kind of a decoded TOML value.
func kindOf(v any) string {
	switch v.(type) {
	case string:
		return "text"
	case int64:
		return "a whole number"
	case float64:
		return "a number with a fraction"
	case bool:
		return "true or false"
	case []any:
		return "a list"
	case map[string]any:
		return "a table"
	default:
		return "a date or time"
	}
}

func choices[T ~string](values []T, join string) string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = strconv.Quote(string(v))
	}
	return strings.Join(quoted, join)
}

func short(n float64) string { return strconv.FormatFloat(n, 'g', -1, 64) }

// quote shows a value of the file in a report: on one line, and not endless.
func quote(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return strconv.Quote(s)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
