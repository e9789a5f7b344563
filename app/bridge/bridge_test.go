package bridge

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"shuting/app/catalogue"
	"shuting/app/library"
	"shuting/app/visit"
)

const (
	secretCard = "LB000000018"
	secretPIN  = "864209"
)

// faulty is an account and a desk whose code goes wrong, with what the reader
// typed in the panic. What is not written out here is never called.
type faulty struct {
	visit.Lending
	visit.Own
	visit.Printer
	inScan, panics bool
}

func (f faulty) SignIn(_ context.Context, _ library.Command, card string) (library.SignInAnswer, error) {
	if f.panics {
		panic("cannot work with " + card)
	}
	return library.SignInAnswer{NeedPIN: true}, nil
}
func (f faulty) AskPIN(_ context.Context, _ library.Command, card string) (library.SignInAnswer, error) {
	panic("cannot ask for " + card)
}
func (f faulty) EnterPIN(_ context.Context, _ library.Command, card, pin string) (library.SignInAnswer, error) {
	panic(fmt.Errorf("%s with %s", card, pin))
}
func (f faulty) Look(context.Context, string) (library.LoanAnswer, error) {
	return library.LoanAnswer{}, nil
}
func (f faulty) TitleOf(context.Context, string) (string, error) { return "", nil }
func (f faulty) Called(_ context.Context, title string) (library.Title, bool, error) {
	return library.Title{}, false, nil
}
func (f faulty) Health() ([]string, bool) { return nil, true }
func (f faulty) IsCard(s string) bool {
	if f.inScan {
		panic("cannot tell what " + s + " is")
	}
	return strings.HasPrefix(s, "LB")
}
func (f faulty) IsItem(string) bool { return false }
func (f faulty) MaxLength() int     { return 64 }

func newKiosk(t *testing.T, f faulty, log *bytes.Buffer) *Kiosk {
	t.Helper()
	logger := slog.New(slog.NewTextHandler(log, nil))
	n := 0
	v := visit.New(visit.Options{Account: f, Lending: f, Own: f, Printer: f, Finding: f, Codes: f, Health: f,
		Times: visit.Times{Warn: 45 * time.Second, End: 65 * time.Second, Goodbye: 8 * time.Second},
		Clock: time.Now, NewID: func(time.Time) string { n++; return fmt.Sprintf("k1-%d", n) },
		Publish: func(visit.Snapshot) {}, Languages: []string{"zh-Hans"}, PINLength: 6, Patience: 5 * time.Second,
		Fault: func(error) string { return "" }, Log: logger})
	t.Cleanup(v.Close)
	return New(Options{Visit: v, Beat: func() {}, Log: logger})
}

// catalogueOf answers with what it was made of, or goes wrong.
type catalogueOf struct {
	page   catalogue.Page
	err    error
	panics bool
}

func (c catalogueOf) Find(_ context.Context, q catalogue.Query) (catalogue.Page, error) {
	if c.panics {
		panic("cannot look for " + q.Text)
	}
	return c.page, c.err
}
func (c catalogueOf) Title(ctx context.Context, id string) (catalogue.TitleView, error) {
	page, err := c.Find(ctx, catalogue.Query{Text: id})
	return catalogue.TitleView{Found: append(page.Hits, catalogue.Found{})[0]}, err
}
func (c catalogueOf) Shelves() catalogue.Shelves { return catalogue.Shelves{Titles: len(c.page.Hits)} }

func TestAccept_L30_searching_gives_answers_or_coded_errors_and_logs_no_query(t *testing.T) {
	const typed = "怎样写遗嘱"
	for name, c := range map[string]struct {
		from catalogueOf
		code string
	}{
		"found":            {catalogueOf{page: catalogue.Page{Hits: []catalogue.Found{{ID: "t1"}}}}, ""},
		"no such title":    {catalogueOf{err: fmt.Errorf("title: %w", catalogue.ErrTitleUnknown)}, CodeTitleUnknown},
		"the store failed": {catalogueOf{err: errors.New("disk")}, CodeInternal},
		"a fault of ours":  {catalogueOf{panics: true}, CodeInternal},
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			k := newKiosk(t, faulty{}, &log)
			k.o.Finder = c.from
			page, err := k.Find(catalogue.Query{Text: typed})
			if c.code == "" {
				if err != nil || len(page.Hits) != 1 {
					t.Errorf("found %+v, %v", page, err)
				}
			} else if got := codeOf(t, err); got != c.code {
				t.Errorf("code %s, want %s", got, c.code)
			}
			if _, err := k.TitleView(typed); (err != nil) != (c.code != "") || err != nil && codeOf(t, err) != c.code {
				t.Errorf("title: %v", err)
			}
			if strings.Contains(log.String(), typed) {
				t.Errorf("the log tells what was typed: %s", log.String())
			}
		})
	}
}

func codeOf(t *testing.T, err error) string {
	t.Helper()
	text, ok := FormatError(err).(string)
	if !ok {
		t.Fatalf("the page would get %T", FormatError(err))
	}
	var coded struct {
		Code   string
		Params map[string]string
	}
	if jsonErr := json.Unmarshal([]byte(text), &coded); jsonErr != nil || coded.Params == nil {
		t.Fatalf("the page would get %q", text)
	}
	return coded.Code
}

func TestAccept_L05_a_panic_gives_a_coded_error_and_no_secret_in_the_log(t *testing.T) {
	var log bytes.Buffer
	k := newKiosk(t, faulty{inScan: true}, &log)
	_, err := k.Scan(secretCard, "n1")
	if got := codeOf(t, err); got != CodeInternal {
		t.Fatalf("code %q", got)
	}
	keptQuiet(t, k, &log)
}

func TestAccept_L05_a_panic_behind_the_visit_is_told_as_not_done(t *testing.T) {
	for name, f := range map[string]faulty{"sign-in": {panics: true}, "PIN": {}} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			k := newKiosk(t, f, &log)
			s, err := k.Scan(secretCard, "n1")
			if name == "PIN" && err == nil {
				s, err = k.EnterPIN(secretPIN, "n2")
			}
			if err != nil || s.Notice == nil || s.Notice.Kind != "not_done" {
				t.Fatalf("%v, notice %+v", err, s.Notice)
			}
			keptQuiet(t, k, &log)
		})
	}
}

// keptQuiet: the log tells of the fault but not what the reader typed, and the
// kiosk goes on.
func keptQuiet(t *testing.T, k *Kiosk, log *bytes.Buffer) {
	t.Helper()
	for _, secret := range []string{secretCard, secretPIN} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log holds what the reader typed")
		}
	}
	if !strings.Contains(log.String(), "fault") {
		t.Errorf("the log says nothing of the fault: %q", log.String())
	}
	if s, err := k.Snapshot(); err != nil || s.Revision == 0 {
		t.Fatalf("afterwards: %v", err)
	}
	if _, err := k.Finish(); err != nil {
		t.Fatalf("afterwards: %v", err)
	}
}

func TestAccept_L05_a_malformed_call_gives_a_coded_error(t *testing.T) {
	var log bytes.Buffer
	k := newKiosk(t, faulty{}, &log)
	calls := map[string]func() error{
		"flow":     func() error { _, err := k.Begin("steal"); return err },
		"language": func() error { _, err := k.SetLanguage("<script>"); return err },
		"dropped":  func() error { _, err := k.Dropped("anything"); return err },
		"title":    func() error { _, err := k.OpenTitle(""); return err },
	}
	for name, call := range calls {
		if got := codeOf(t, call()); got != CodeBadRequest {
			t.Errorf("%s: code %q", name, got)
		}
	}
	// An error that is none of ours never reaches the page as its text.
	if got := codeOf(t, errors.New("cannot parse "+secretCard)); got != CodeBadRequest {
		t.Errorf("a strange error: code %q", got)
	}
}

func TestClosed_kiosk_says_so(t *testing.T) {
	var log bytes.Buffer
	k := newKiosk(t, faulty{}, &log)
	k.o.Visit.Close()
	_, err := k.Finish()
	if got := codeOf(t, err); got != CodeClosed {
		t.Fatalf("code %q", got)
	}
}
