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

// nobodysHash is what the PIN of an unknown card is checked against, so that it
// costs the same work. No PIN is known to give it, and none would open anything.
const nobodysHash = hashForm + "AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

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

// Delays say how wrong tries slow down the next ones: the First-th wrong try is
// the first to cost a wait, of Base; it doubles up to Max. A card has its own
// count, and so has the kiosk (KioskFirst, KioskMax), so that going through many
// cards is slow too. A card's count starts anew after the right PIN or the quiet
// time Forget; the kiosk's falls by one with each KioskForget of quiet (0 =
// never), and not by a right PIN: whoever tries many cards may own one.
type Delays struct {
	First, KioskFirst                        int
	Base, Max, KioskMax, Forget, KioskForget time.Duration
}

// DefaultDelays let a reader mistype three times without a wait.
func DefaultDelays() Delays {
	return Delays{First: 4, KioskFirst: 11, Base: 5 * time.Second, Max: 15 * time.Minute, KioskMax: time.Minute,
		Forget: 24 * time.Hour, KioskForget: 15 * time.Minute}
}

const kioskOwner = "kiosk"

func (d Delays) nextOfCard(a records.Attempts, now time.Time) records.Attempts {
	if now.Sub(time.UnixMilli(a.Last)) > d.Forget {
		a.Failed = 0
	}
	return d.next(a, now, d.First, d.Max)
}

// nextOfKiosk lets the kiosk's count sink with quiet time: in a busy house some
// reader mistypes every hour, and the count would never end otherwise.
func (d Delays) nextOfKiosk(a records.Attempts, now time.Time) records.Attempts {
	if quiet := now.Sub(time.UnixMilli(a.Last)); d.KioskForget > 0 && quiet > 0 {
		a.Failed = int(max(0, int64(a.Failed)-int64(quiet/d.KioskForget)))
	}
	return d.next(a, now, d.KioskFirst, d.KioskMax)
}

func (d Delays) next(a records.Attempts, now time.Time, first int, most time.Duration) records.Attempts {
	a.Failed++
	a.Last = now.UnixMilli()
	a.Until = 0
	if over := a.Failed - first; over >= 0 {
		wait := min(d.Base, most)
		for ; over > 0 && wait > 0 && wait < most; over-- {
			wait = min(2*wait, most)
		}
		a.Until = now.Add(wait).UnixMilli()
	}
	return a
}

// left is how long an owner still has to wait. More than the longest delay
// means that the clock was set back meanwhile: such a delay cannot be measured
// and is over, or it would last until the clock is where it was. The count
// stays, so the next wrong try starts a delay anew.
func left(a records.Attempts, now time.Time, most time.Duration) time.Duration {
	wait := time.UnixMilli(a.Until).Sub(now)
	if wait > most {
		return 0
	}
	return max(0, wait)
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

// Outcomes of a try in the ledger, beside those of a card that was admitted.
const (
	outcomeWrong   = "wrong_pin"
	outcomeDelayed = "delayed"
)

// try records what a PIN came to, in one transaction. While a delay runs it is
// judged neither right nor wrong: of many tries sent at once, those behind the
// one that started the delay learn nothing. A wrong one counts for the card and
// for the kiosk; a right one clears the card's count, and the card is judged.
func (s *Service) try(ctx context.Context, cmd library.Command, cardKey string, l lookup, right bool) (library.SignInAnswer, error) {
	var answer library.SignInAnswer
	done, err := s.o.Records.Do(ctx, cmd, "sign_in", func(t *records.Tx) (records.Outcome, error) {
		wait, err := s.wait(t, cardKey, cmd.At)
		if err != nil {
			return records.Outcome{}, err
		}
		if wait > 0 {
			return records.Outcome{Code: outcomeDelayed, Subjects: l.subjects()}, nil
		}
		if !right {
			return records.Outcome{Code: outcomeWrong, Subjects: l.subjects()}, s.count(t, cardKey, cmd.At)
		}
		if err := t.PutAttempts(cardKey, records.Attempts{}); err != nil {
			return records.Outcome{}, err
		}
		if answer, err = s.judge(t, cmd.At, l); err != nil {
			return records.Outcome{}, err
		}
		return signInOutcome(l, answer), nil
	})
	if err != nil {
		return library.SignInAnswer{}, err
	}
	// A repeat is answered by what was recorded, whatever PIN came with it.
	if done.Outcome == outcomeDelayed || done.Outcome == outcomeWrong || !right {
		wait, err := s.waiting(ctx, cardKey, cmd.At)
		return library.SignInAnswer{NeedPIN: true, Wrong: done.Outcome != outcomeDelayed, Wait: wait}, err
	}
	return s.again(ctx, cmd, l, done, answer)
}

// count adds a wrong try to the card's and to the kiosk's.
func (s *Service) count(t *records.Tx, cardKey string, now time.Time) error {
	card, err := t.Attempts(cardKey)
	if err != nil {
		return err
	}
	kiosk, err := t.Attempts(kioskOwner)
	if err != nil {
		return err
	}
	d := s.o.Delays
	if err := t.PutAttempts(cardKey, d.nextOfCard(card, now)); err != nil {
		return err
	}
	return t.PutAttempts(kioskOwner, d.nextOfKiosk(kiosk, now))
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
