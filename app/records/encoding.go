package records

import (
	"fmt"

	"github.com/fxamacker/cbor/v2"
)

// encodingVersion is the first byte of every value. A reader that meets a
// higher one refuses, so that an older program never guesses at newer data.
const encodingVersion = 1

// encMode writes maps in one fixed order, so equal records are equal bytes:
// the ledger's hashes rest on that. Field names are stored as they are in
// Go; a golden test keeps a rename from changing stored data unnoticed.
var encMode = must(cbor.EncOptions{
	Sort:          cbor.SortCanonical,
	Time:          cbor.TimeRFC3339NanoUTC,
	TextMarshaler: cbor.TextMarshalerTextString,
	NilContainers: cbor.NilContainerAsEmpty,
	OmitEmpty:     cbor.OmitEmptyCBORValue,
}.EncMode())

var decMode = must(cbor.DecOptions{
	TextUnmarshaler:   cbor.TextUnmarshalerTextString,
	ExtraReturnErrors: cbor.ExtraDecErrorNone,
	MaxNestedLevels:   16,
}.DecMode())

// must is for package variables built from constants only.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func encode(v any) ([]byte, error) {
	b, err := encMode.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode record: %w", err)
	}
	return append([]byte{encodingVersion}, b...), nil
}

func decode(value []byte, into any) error {
	if len(value) == 0 {
		return fmt.Errorf("%w: empty value", ErrBroken)
	}
	if value[0] > encodingVersion {
		return fmt.Errorf("%w: encoding %d, this program knows %d", ErrNewer, value[0], encodingVersion)
	}
	if value[0] == 0 {
		return fmt.Errorf("%w: encoding 0", ErrBroken)
	}
	if err := decMode.Unmarshal(value[1:], into); err != nil {
		return fmt.Errorf("%w: %w", ErrBroken, err)
	}
	return nil
}
