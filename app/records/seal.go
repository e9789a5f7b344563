package records

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"

	"shuting/app/library"
)

// sealer turns personal data into sealed bytes and look-up keys. Each use has
// a key of its own, derived from the kiosk's sealing key.
type sealer struct {
	wrap   cipher.AEAD // wraps the key of each patron
	lookup []byte      // HMAC key of look-ups
	pepper []byte      // HMAC key that PINs pass through before argon2id
}

func newSealer(sealKey []byte) (*sealer, error) {
	if len(sealKey) != 32 {
		return nil, fmt.Errorf("sealing key has %d bytes, want 32", len(sealKey))
	}
	derive := func(use string) ([]byte, error) { return hkdf.Key(sha256.New, sealKey, nil, "shuting/"+use, 32) }
	wrapKey, err := derive("wrap")
	if err != nil {
		return nil, err
	}
	wrap, err := aead(wrapKey)
	if err != nil {
		return nil, err
	}
	lookup, err := derive("lookup")
	if err != nil {
		return nil, err
	}
	pepper, err := derive("pin")
	if err != nil {
		return nil, err
	}
	return &sealer{wrap: wrap, lookup: lookup, pepper: pepper}, nil
}

func aead(k []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(k)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// SealedPersonal is a patron's personal fields under a key of their own, and
// that key under the kiosk's. Destroying Key makes Fields unreadable for good.
type SealedPersonal struct {
	Key    []byte
	Fields []byte
}

// SealPersonal seals a patron's personal fields under a fresh key. Call it
// before the transaction that stores the result.
func (r *Records) SealPersonal(patron string, p library.Personal) (SealedPersonal, error) {
	plain, err := encode(p)
	if err != nil {
		return SealedPersonal{}, err
	}
	own := make([]byte, 32)
	_, _ = rand.Read(own)
	fieldsAEAD, err := aead(own)
	if err != nil {
		return SealedPersonal{}, err
	}
	return SealedPersonal{
		Key:    seal(r.sealer.wrap, own, "key/"+patron),
		Fields: seal(fieldsAEAD, plain, "fields/"+patron),
	}, nil
}

func (s *sealer) open(patron string, sp SealedPersonal) (library.Personal, error) {
	own, err := unseal(s.wrap, sp.Key, "key/"+patron)
	if err != nil {
		return library.Personal{}, fmt.Errorf("personal fields: key: %w", err)
	}
	a, err := aead(own)
	if err != nil {
		return library.Personal{}, err
	}
	plain, err := unseal(a, sp.Fields, "fields/"+patron)
	if err != nil {
		return library.Personal{}, fmt.Errorf("personal fields: %w", err)
	}
	var p library.Personal
	return p, decode(plain, &p)
}

// seal puts a random nonce before the sealed bytes; the binding ties them to
// their patron, so that one patron's fields cannot be put under another.
func seal(a cipher.AEAD, plain []byte, binding string) []byte {
	nonce := make([]byte, a.NonceSize(), a.NonceSize()+len(plain)+a.Overhead())
	_, _ = rand.Read(nonce)
	return a.Seal(nonce, nonce, plain, []byte(binding))
}

func unseal(a cipher.AEAD, sealed []byte, binding string) ([]byte, error) {
	if len(sealed) < a.NonceSize() {
		return nil, fmt.Errorf("%w: sealed bytes cut short", ErrBroken)
	}
	plain, err := a.Open(nil, sealed[:a.NonceSize()], sealed[a.NonceSize():], []byte(binding))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	return plain, nil
}

func (s *sealer) mac(use, value string) string {
	m := hmac.New(sha256.New, s.lookup)
	m.Write([]byte(use + "\x00" + value))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil))
}

// Pepper mixes the kiosk's secret into a PIN, so that a stolen store alone
// does not let anyone try the million PINs there are.
func (r *Records) Pepper(patron, pin string) []byte {
	m := hmac.New(sha256.New, r.sealer.pepper)
	m.Write([]byte(patron + "\x00" + pin))
	return m.Sum(nil)
}

// CardKey is the look-up form of a card number: the number itself is nowhere
// in the store outside the sealed fields.
func (r *Records) CardKey(number string) string { return r.sealer.mac("card", number) }
