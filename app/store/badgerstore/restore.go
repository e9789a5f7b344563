package badgerstore

import (
	"errors"
	"fmt"
	"os"
)

// ErrWrongCode: the recovery code is well typed, but not the one of this library.
var ErrWrongCode = errors.New("badgerstore: this is not the recovery code of this library")

// RestoreKeys writes the folder of the keys anew from the recovery code; o names
// the folders as for Open. The data folder must hold its sentinel. It answers
// ErrMistyped or ErrWrongCode when the code is not right, and an *OpenError when
// the library is open, its sentinel is unusable or the folder holds the keys of
// another library, which are left alone. Nothing is written before the code is
// proven.
func RestoreKeys(o Options, code string) error {
	o, err := o.normalised()
	if err != nil {
		return err
	}
	proven, err := parseCode(code)
	if err != nil {
		return err
	}
	lock, refusal := lockFolder(o.Dir)
	if refusal != nil {
		return refusal
	}
	return errors.Join(restoreLocked(o, proven), lock.release())
}

func restoreLocked(o Options, code secret) error {
	id, refusal := readSentinel(o)
	if refusal != nil {
		return refusal
	}
	k, err := code.derive(id.Library)
	if err != nil {
		return err
	}
	if fingerprint("recovery", code[:]) != id.Recovery ||
		fingerprint("store", k.store) != id.StoreKey || fingerprint("seal", k.seal) != id.SealKey {
		return ErrWrongCode
	}
	if text, err := os.ReadFile(o.libraryPath()); err == nil {
		if other, err := parseIdentity(text); err == nil && other.Library != id.Library {
			return refuse(CodeKeysOther, o.KeysDir, "Move that folder away first", "the folder holds the keys of another library")
		}
	}
	if err := makeDir(o.KeysDir); err != nil {
		return fmt.Errorf("folder of the keys: %w", err)
	}
	if err := os.Chmod(o.KeysDir, 0o700); err != nil {
		return fmt.Errorf("folder of the keys: %w", err)
	}
	if err := writeKeys(o, k); err != nil {
		return fmt.Errorf("write the keys: %w", err)
	}
	text, err := id.encode()
	if err != nil {
		return err
	}
	return writeDurably(o.libraryPath(), text, o.step)
}
