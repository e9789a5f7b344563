package records

import (
	"bytes"
	"encoding/hex"
	"errors"
	"reflect"
	"testing"
)

// FuzzDecode: whatever bytes lie in the store, they are read as a record or
// refused as broken or newer; what was read can be written, and reads the same
// again.
func FuzzDecode(f *testing.F) {
	for kind, g := range golden {
		stored, err := hex.DecodeString(g.bytes)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(stored, uint8(kind))
		f.Add(stored[:len(stored)/2], uint8(kind))
	}
	f.Fuzz(func(t *testing.T, stored []byte, kind uint8) {
		typ := reflect.TypeOf(golden[int(kind)%len(golden)].sample)
		record := reflect.New(typ)
		if err := decode(stored, record.Interface()); err != nil {
			if !errors.Is(err, ErrBroken) && !errors.Is(err, ErrNewer) {
				t.Fatalf("refused as %v", err)
			}
			return
		}
		once, err := encode(record.Elem().Interface())
		if err != nil {
			t.Fatalf("%v read as %+v cannot be written: %v", stored, record.Elem(), err)
		}
		again := reflect.New(typ)
		if err := decode(once, again.Interface()); err != nil {
			t.Fatalf("%v written as %v cannot be read: %v", stored, once, err)
		}
		if twice, err := encode(again.Elem().Interface()); err != nil || !bytes.Equal(once, twice) {
			t.Fatalf("%v written as %v, then as %v (%v)", stored, once, twice, err)
		}
	})
}
