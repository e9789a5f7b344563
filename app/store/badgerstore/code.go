package badgerstore

import (
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"strings"
)

// A recovery code is 128 random bits, written for people: 26 symbols of
// Crockford's base 32 and two check symbols, in seven groups of four. The check
// is the number modulo the largest prime under 1024, so that every single wrong
// symbol and every swap of two neighbours is noticed at once.
const (
	codeAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	secretBytes  = 16
	codeDigits   = 26
	checkDigits  = 2
	groupDigits  = 4
	checkPrime   = 1021
)

// ErrMistyped: the recovery code has a wrong length, a symbol that is not used,
// or its check symbols do not fit.
var ErrMistyped = errors.New("badgerstore: recovery code mistyped")

type secret [secretBytes]byte

func newSecret() (s secret, err error) {
	_, err = rand.Read(s[:])
	return s, err
}

// code writes the secret as XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX.
func (s secret) code() string {
	n := new(big.Int).SetBytes(s[:])
	check := new(big.Int).Mod(n, big.NewInt(checkPrime))
	digits := base32Digits(n, codeDigits) + base32Digits(check, checkDigits)
	var groups []string
	for i := 0; i < len(digits); i += groupDigits {
		groups = append(groups, digits[i:i+groupDigits])
	}
	return strings.Join(groups, "-")
}

func base32Digits(n *big.Int, width int) string {
	out := make([]byte, width)
	rest, digit, base := new(big.Int).Set(n), new(big.Int), big.NewInt(int64(len(codeAlphabet)))
	for i := width - 1; i >= 0; i-- {
		rest.DivMod(rest, base, digit)
		out[i] = codeAlphabet[digit.Int64()]
	}
	return string(out)
}

// parseCode reads a code as people type it: any case, spaces or hyphens
// anywhere, O for 0, I or L for 1.
func parseCode(text string) (secret, error) {
	var s secret
	n, check := new(big.Int), 0
	count := 0
	for _, r := range strings.ToUpper(text) {
		switch r {
		case '-', ' ', '\t', '\n', '\r', '\u3000':
			continue
		case 'O':
			r = '0'
		case 'I', 'L':
			r = '1'
		}
		digit := strings.IndexRune(codeAlphabet, r)
		if digit < 0 {
			return s, fmt.Errorf("%w: symbol %d is not used in codes", ErrMistyped, count+1)
		}
		if count < codeDigits {
			n.Lsh(n, 5).Or(n, big.NewInt(int64(digit)))
		} else {
			check = check<<5 | digit
		}
		count++
		if count > codeDigits+checkDigits {
			break
		}
	}
	if count != codeDigits+checkDigits {
		return s, fmt.Errorf("%w: it has %d symbols", ErrMistyped, codeDigits+checkDigits)
	}
	if n.BitLen() > 8*secretBytes || new(big.Int).Mod(n, big.NewInt(checkPrime)).Int64() != int64(check) {
		return s, fmt.Errorf("%w: the check does not fit", ErrMistyped)
	}
	n.FillBytes(s[:])
	return s, nil
}
