package patrons

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"golang.org/x/crypto/argon2"

	"shuting/app/library"
	"shuting/app/records"
)

// argon2id with 19 MiB, two passes and one lane, the second of the parameter
// sets OWASP's password storage guidance recommends: about 20 ms on a kiosk.
const (
	argonTime   = 2
	argonMemory = 19 * 1024
	argonLanes  = 1
	argonKey    = 32
)

const hashForm = "argon2id$v1$"

func hashPIN(peppered []byte) string {
	salt := make([]byte, 16)
	_, _ = rand.Read(salt)
	sum := argon2.IDKey(peppered, salt, argonTime, argonMemory, argonLanes, argonKey)
	return hashForm + base64.RawStdEncoding.EncodeToString(salt) + "$" + base64.RawStdEncoding.EncodeToString(sum)
}

// checkPIN takes the same time whether the PIN is right or not; a hash that
// cannot be read is never right.
func checkPIN(hash string, peppered []byte) bool {
	rest, ok := strings.CutPrefix(hash, hashForm)
	salt64, sum64, cut := strings.Cut(rest, "$")
	salt, err1 := base64.RawStdEncoding.DecodeString(salt64)
	want, err2 := base64.RawStdEncoding.DecodeString(sum64)
	if !ok || !cut || err1 != nil || err2 != nil {
		return false
	}
	got := argon2.IDKey(peppered, salt, argonTime, argonMemory, argonLanes, argonKey)
	return subtle.ConstantTimeCompare(got, want) == 1
}

// Delays say how wrong tries slow down the next ones: after Free tries the
// wait starts at Base and doubles up to Max. A card has its own count, and so
// has the kiosk (with KioskFree tries and waits up to KioskMax), so that going
// through many cards is slow too. Forget is the quiet time after which a count
// starts anew.
type Delays struct {
	Free, KioskFree             int
	Base, Max, KioskMax, Forget time.Duration
}

// DefaultDelays let a reader mistype twice without noticing anything.
func DefaultDelays() Delays {
	return Delays{Free: 3, KioskFree: 10, Base: 5 * time.Second, Max: 15 * time.Minute, KioskMax: time.Minute, Forget: 24 * time.Hour}
}

const kioskOwner = "kiosk"

func (d Delays) next(a records.Attempts, now time.Time, free int, most time.Duration) records.Attempts {
	if now.Sub(time.UnixMilli(a.Last)) > d.Forget {
		a.Failed = 0
	}
	a.Failed++
	a.Last = now.UnixMilli()
	a.Until = 0
	if over := a.Failed - free; over >= 0 {
		wait := most
		if over < 30 {
			wait = min(d.Base<<over, most)
		}
		a.Until = now.Add(wait).UnixMilli()
	}
	return a
}

// left is how long an owner still has to wait. A clock set back cannot make
// it longer than the longest delay.
func left(a records.Attempts, now time.Time, most time.Duration) time.Duration {
	return max(0, min(time.UnixMilli(a.Until).Sub(now), most))
}

func (s *Service) wait(t *records.Tx, cardKey string, now time.Time) (time.Duration, error) {
	card, err := t.Attempts(cardKey)
	if err != nil {
		return 0, err
	}
	kiosk, err := t.Attempts(kioskOwner)
	if err != nil {
		return 0, err
	}
	return max(left(card, now, s.o.Delays.Max), left(kiosk, now, s.o.Delays.KioskMax)), nil
}

func (s *Service) waiting(ctx context.Context, cardKey string, now time.Time) (wait time.Duration, err error) {
	err = s.o.Records.View(ctx, func(t *records.Tx) (err error) { wait, err = s.wait(t, cardKey, now); return err })
	return wait, err
}

// fail counts a wrong try, for the card and for the kiosk.
func (s *Service) fail(ctx context.Context, cmd library.Command, cardKey, patron string) (library.SignInAnswer, error) {
	answer := library.SignInAnswer{NeedPIN: true, Wrong: true}
	_, err := s.o.Records.Do(ctx, cmd, "sign_in", func(t *records.Tx) (records.Outcome, error) {
		card, err := t.Attempts(cardKey)
		if err != nil {
			return records.Outcome{}, err
		}
		kiosk, err := t.Attempts(kioskOwner)
		if err != nil {
			return records.Outcome{}, err
		}
		d := s.o.Delays
		card = d.next(card, cmd.At, d.Free, d.Max)
		kiosk = d.next(kiosk, cmd.At, d.KioskFree, d.KioskMax)
		if err := t.PutAttempts(cardKey, card); err != nil {
			return records.Outcome{}, err
		}
		if err := t.PutAttempts(kioskOwner, kiosk); err != nil {
			return records.Outcome{}, err
		}
		out := records.Outcome{Code: "wrong_pin"}
		if patron != "" {
			out.Subjects = []string{patron}
		}
		return out, nil
	})
	if err != nil {
		return library.SignInAnswer{}, err
	}
	answer.Wait, err = s.waiting(ctx, cardKey, cmd.At)
	return answer, err
}

// pass clears the card's count, records the sign-in and judges the card, in
// one transaction. Another try that ran at the same time and started a delay
// wins: nobody gets a free guess by trying twice at once.
func (s *Service) pass(ctx context.Context, cmd library.Command, cardKey string, l lookup) (library.SignInAnswer, error) {
	var answer library.SignInAnswer
	done, err := s.o.Records.Do(ctx, cmd, "sign_in", func(t *records.Tx) (records.Outcome, error) {
		wait, err := s.wait(t, cardKey, cmd.At)
		if err != nil {
			return records.Outcome{}, err
		}
		if wait > 0 {
			answer = library.SignInAnswer{NeedPIN: true, Wait: wait}
			return records.Outcome{Code: "delayed", Subjects: []string{l.patron}}, nil
		}
		if err := t.PutAttempts(cardKey, records.Attempts{}); err != nil {
			return records.Outcome{}, err
		}
		if answer, err = s.judge(t, cmd.At, l); err != nil {
			return records.Outcome{}, err
		}
		return signInOutcome(l, answer), nil
	})
	return s.again(ctx, cmd, l, done, answer, err)
}

// PINLength is the number of digits of a PIN.
const PINLength = 6

// ValidPIN tells whether a text can be a PIN at all.
func ValidPIN(pin string) bool {
	if len(pin) != PINLength {
		return false
	}
	for _, c := range []byte(pin) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// HashPIN is the stored form of a patron's PIN; it takes some 20 ms, so call
// it before the transaction.
func (s *Service) HashPIN(patron, pin string) (string, error) {
	if !ValidPIN(pin) {
		return "", fmt.Errorf("a PIN has %d digits", PINLength)
	}
	return hashPIN(s.o.Records.Pepper(patron, pin)), nil
}
