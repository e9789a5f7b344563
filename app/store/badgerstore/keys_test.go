package badgerstore

import (
	"bytes"
	"errors"
	"io/fs"
	"log/slog"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAccept_L06_everything_on_the_disk_is_encrypted(t *testing.T) {
	o := newOptions(t)
	const card = "card 13999900001234 of a reader"
	s := mustOpen(t, o)
	mustSet(t, s, "patron/13999900001234", card)
	search := func() {
		t.Helper()
		if err := filepath.WalkDir(filepath.Dir(o.Dir), func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && bytes.Contains(mustRead(t, path), []byte("13999900001234")) {
				t.Errorf("%s holds the card number in the clear", filepath.Base(path))
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	search() // in the log
	mustClose(t, s)
	search() // in a table
	s = mustOpen(t, o)
	mustHave(t, s, "patron/13999900001234", card)
	mustClose(t, s)
}

func TestAccept_L06_keys_lie_in_a_folder_of_their_own_for_their_owner_alone(t *testing.T) {
	o, err := newOptions(t).normalised()
	if err != nil {
		t.Fatal(err)
	}
	s := mustOpen(t, o)
	defer mustClose(t, s)
	storeKey, sealKey := mustRead(t, o.storeKeyPath()), mustRead(t, o.sealKeyPath())
	if len(storeKey) != 32 || len(sealKey) != 32 || bytes.Equal(storeKey, sealKey) {
		t.Errorf("keys have %d and %d bytes", len(storeKey), len(sealKey))
	}
	if !bytes.Equal(s.SealKey(), sealKey) {
		t.Error("SealKey is not the key on the disk")
	}
	s.SealKey()[0] ^= 1
	if !bytes.Equal(s.SealKey(), sealKey) {
		t.Error("a caller can change the key")
	}
	for path, want := range map[string]fs.FileMode{
		o.KeysDir: 0o700, o.storeKeyPath(): 0o600, o.sealKeyPath(): 0o600, o.libraryPath(): 0o600, o.pendingPath(): 0o600, o.Dir: 0o700,
	} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if modesMatter && info.Mode().Perm() != want {
			t.Errorf("%s has mode %04o, want %04o", filepath.Base(path), info.Mode().Perm(), want)
		}
	}
	if _, err := Open(Options{Dir: o.Dir, KeysDir: filepath.Join(o.Dir, "keys")}); err == nil {
		t.Error("keys inside the data folder are accepted")
	}
}

func TestAccept_L06_the_recovery_code_is_shown_until_acknowledged_and_then_gone(t *testing.T) {
	o := newOptions(t)
	s := mustOpen(t, o)
	first := s.FirstStart()
	if first == nil {
		t.Fatal("no recovery code at the first start")
	}
	mustClose(t, s)
	s = mustOpen(t, o) // the process ended before anyone had read it
	if again := s.FirstStart(); again == nil || *again != *first {
		t.Fatalf("second start shows %v, want the same code", again)
	}
	for range 2 {
		if err := s.AcknowledgeRecoveryCode(); err != nil {
			t.Fatal(err)
		}
	}
	if s.FirstStart() != nil {
		t.Error("the code is still shown")
	}
	mustClose(t, s)
	plain := strings.ReplaceAll(first.RecoveryCode, "-", "")
	if err := filepath.WalkDir(filepath.Dir(o.Dir), func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			content := mustRead(t, path)
			if bytes.Contains(content, []byte(first.RecoveryCode)) || bytes.Contains(content, []byte(plain)) {
				t.Errorf("%s still holds the code", path)
			}
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	s = mustOpen(t, o)
	if s.FirstStart() != nil {
		t.Error("the code is shown again after a restart")
	}
	mustClose(t, s)
}

func TestAccept_L06_lost_keys_come_back_with_the_recovery_code(t *testing.T) {
	o, err := newOptions(t).normalised()
	if err != nil {
		t.Fatal(err)
	}
	s := mustOpen(t, o)
	code, seal := s.FirstStart().RecoveryCode, s.SealKey()
	if err := s.AcknowledgeRecoveryCode(); err != nil {
		t.Fatal(err)
	}
	mustSet(t, s, "k", "v")
	refusedWith(t, RestoreKeys(o, code), CodeInUse)
	mustClose(t, s)

	other := stranger(t)
	s = mustOpen(t, other)
	otherCode := s.FirstStart().RecoveryCode
	mustClose(t, s)

	mustRemove(t, o.KeysDir)
	_, err = Open(o)
	if refusal := refusedWith(t, err, CodeKeysMissing); !strings.Contains(refusal.Error(), "recovery code") {
		t.Errorf("the refusal does not name the remedy: %v", refusal)
	}
	before := fingerprints(t, o)
	for name, wrong := range map[string]struct {
		code string
		want error
	}{
		"mistyped":            {"A" + code[1:], ErrMistyped},
		"mistyped, too short": {code[:len(code)-1], ErrMistyped},
		"of another library":  {otherCode, ErrWrongCode},
	} {
		if name == "mistyped" && code[0] == 'A' {
			wrong.code = "B" + code[1:]
		}
		if err := RestoreKeys(o, wrong.code); !errors.Is(err, wrong.want) {
			t.Errorf("%s: got %v, want %v", name, err, wrong.want)
		}
		mustBeUnchanged(t, o, before)
	}
	if err := RestoreKeys(o, strings.ToLower(strings.ReplaceAll(code, "-", " "))); err != nil {
		t.Fatal(err)
	}
	s = mustOpen(t, o)
	mustHave(t, s, "k", "v")
	if !bytes.Equal(s.SealKey(), seal) {
		t.Error("the sealing key came back different")
	}
	mustClose(t, s)

	// A damaged key is replaced, the keys of another library are not.
	flip(t, o.sealKeyPath(), 3)
	if err := RestoreKeys(o, code); err != nil {
		t.Fatal(err)
	}
	mustClose(t, mustOpen(t, o))
	before = fingerprints(t, other)
	refusedWith(t, RestoreKeys(Options{Dir: o.Dir, KeysDir: other.KeysDir}, code), CodeKeysOther)
	mustBeUnchanged(t, other, before)
}

func TestRecoveryCode(t *testing.T) {
	for range 200 {
		s, err := newSecret()
		if err != nil {
			t.Fatal(err)
		}
		code := s.code()
		if back, err := parseCode(code); err != nil || back != s {
			t.Fatalf("%q does not read back: %v", code, err)
		}
	}
	s := secret{0xff, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0xfe}
	code := s.code()
	if len(code) != 34 || strings.Count(code, "-") != 6 {
		t.Errorf("code looks like %q", code)
	}
	plain := strings.ReplaceAll(code, "-", "")
	for i := range plain {
		for _, r := range codeAlphabet {
			if wrong := plain[:i] + string(r) + plain[i+1:]; wrong != plain {
				if _, err := parseCode(wrong); !errors.Is(err, ErrMistyped) {
					t.Errorf("symbol %d as %c is not noticed", i, r)
				}
			}
		}
		if i > 0 && plain[i] != plain[i-1] {
			wrong := plain[:i-1] + plain[i:i+1] + plain[i-1:i] + plain[i+1:]
			if _, err := parseCode(wrong); !errors.Is(err, ErrMistyped) {
				t.Errorf("symbols %d and %d swapped are not noticed", i-1, i)
			}
		}
	}
	for _, wrong := range []string{"", "U", code + "0", code[1:], "书亭", strings.Repeat("Z", 28)} {
		if _, err := parseCode(wrong); !errors.Is(err, ErrMistyped) {
			t.Errorf("%q is accepted", wrong)
		}
	}
	zero := secret{}
	if _, err := parseCode(strings.NewReplacer("0", "O").Replace(zero.code())); err != nil {
		t.Errorf("O for 0: %v", err)
	}
	if !big.NewInt(checkPrime).ProbablyPrime(20) {
		t.Error("the check needs a prime")
	}
}

func TestIdentityTellsNewerFromDamaged(t *testing.T) {
	text, err := identity{Format: formatVersion, Library: "x", Check: "wrong"}.encode()
	if err != nil {
		t.Fatal(err)
	}
	for content, want := range map[string]error{
		string(text):                errIdentityDamaged,
		"":                          errIdentityDamaged,
		"{}":                        errIdentityDamaged,
		`{"format":99,"library":5}`: errIdentityNewer,
	} {
		if _, err := parseIdentity([]byte(content)); !errors.Is(err, want) {
			t.Errorf("%q: got %v, want %v", content, err, want)
		}
	}
}

func TestLogsAndErrorsNameNoKeys(t *testing.T) {
	var out bytes.Buffer
	l := engineLogger{slog.New(slog.NewTextHandler(&out, nil))}
	key := "patron/13999900001234"
	l.Errorf("cannot read %q at %d: %v", []byte(key), 7, errors.New(key))
	l.Errorf(key) //nolint:govet // what Badger does in one place
	l.Warningf("table of %s", key)
	l.Infof("seen %s", key)
	l.Debugf("First key=%q", key)
	err := asEngineError("reading", errors.New(key))
	out.WriteString(err.Error())
	if strings.Contains(out.String(), "13999900001234") {
		t.Errorf("a key is told: %s", out.String())
	}
	if !strings.Contains(out.String(), "at 7") {
		t.Errorf("nothing useful is told: %s", out.String())
	}
}
