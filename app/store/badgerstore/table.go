package badgerstore

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/fb"
	"github.com/dgraph-io/badger/v4/pb"
	"github.com/dgraph-io/badger/v4/y"
	"google.golang.org/protobuf/proto"
)

var errTable = errors.New("damaged")

func tableError(what string) error { return fmt.Errorf("%w: %s", errTable, what) }

// tableFile is one table of Badger, read without Badger: its own reader ends
// the process on some kinds of damage and skips the table on others.
//
// A table is a row of blocks, then the index, its length, a checksum over it
// and that checksum's length. Blocks and index are encrypted, each with its IV
// behind it; the checksum of a block is inside, that of the index outside.
type tableFile struct {
	file   *os.File
	size   int64 // of the blocks together, in bytes
	cipher cipher.Block
	index  *fb.TableIndex
}

// openTable reads and checks the index. A missing file comes back as
// fs.ErrNotExist.
func openTable(path string, keyID uint64, registry *badger.KeyRegistry) (t *tableFile, err error) {
	dataKey, err := registry.DataKey(keyID)
	if err != nil || dataKey == nil {
		return nil, tableError("its data key is unknown")
	}
	block, err := aes.NewCipher(dataKey.Data)
	if err != nil {
		return nil, tableError("its data key is unusable")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	t = &tableFile{file: f, cipher: block}
	if err := t.readIndex(); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return t, nil
}

func (t *tableFile) close() error { return t.file.Close() }

func (t *tableFile) readIndex() (err error) {
	defer structural(&err)
	info, err := t.file.Stat()
	if err != nil {
		return err
	}
	end := info.Size()
	checksum, err := t.sized(&end)
	if err != nil {
		return err
	}
	index, err := t.sized(&end)
	if err != nil {
		return err
	}
	var want pb.Checksum
	if err := proto.Unmarshal(checksum, &want); err != nil {
		return tableError("index checksum")
	}
	if err := y.VerifyChecksum(index, &want); err != nil {
		return tableError("index")
	}
	plain, err := t.decrypt(index)
	if err != nil {
		return err
	}
	t.size, t.index = end, fb.GetRootAsTableIndex(plain, 0)
	var offset fb.BlockOffset
	next := int64(0)
	for i := range t.index.OffsetsLength() {
		if !t.index.Offsets(&offset, i) || int64(offset.Offset()) != next {
			return tableError("index order")
		}
		next += int64(offset.Len())
	}
	if next != end || next == 0 {
		return tableError("length")
	}
	return nil
}

// sized reads the part that ends at *end with its own length in four bytes, and
// moves *end before it.
func (t *tableFile) sized(end *int64) ([]byte, error) {
	n, err := t.read(*end-4, 4)
	if err != nil {
		return nil, err
	}
	length := int64(binary.BigEndian.Uint32(n))
	part, err := t.read(*end-4-length, length)
	*end -= 4 + length
	return part, err
}

func (t *tableFile) read(from, length int64) ([]byte, error) {
	if from < 0 || length < 0 {
		return nil, tableError("length")
	}
	part := make([]byte, length)
	if _, err := t.file.ReadAt(part, from); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, tableError("length")
		}
		return nil, err
	}
	return part, nil
}

func (t *tableFile) decrypt(part []byte) ([]byte, error) {
	n := len(part) - aes.BlockSize
	if n <= 0 {
		return nil, tableError("length of a part")
	}
	cipher.NewCTR(t.cipher, part[n:]).XORKeyStream(part[:n], part[:n])
	return part[:n], nil
}

// block reads, decrypts and checks block i and returns its entries.
func (t *tableFile) block(i int) (entries []byte, err error) {
	defer structural(&err)
	var offset fb.BlockOffset
	if !t.index.Offsets(&offset, i) {
		return nil, tableError("index order")
	}
	part, err := t.read(int64(offset.Offset()), int64(offset.Len()))
	if err != nil {
		return nil, err
	}
	if part, err = t.decrypt(part); err != nil {
		return nil, err
	}
	n := len(part) - 4
	sumLength := int(binary.BigEndian.Uint32(part[n:]))
	var want pb.Checksum
	if err := proto.Unmarshal(part[n-sumLength:n], &want); err != nil {
		return nil, tableError("block checksum")
	}
	entries = part[:n-sumLength]
	if y.VerifyChecksum(entries, &want) != nil {
		return nil, tableError("block")
	}
	return entries, nil
}

// verify checks every block.
func (t *tableFile) verify(ctx context.Context) error {
	for i := range t.index.OffsetsLength() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if _, err := t.block(i); err != nil {
			return err
		}
	}
	return nil
}

// newestCommit is the highest commit number in the table, 0 when it holds none.
// The commit key sorts before every other, newest version first.
func (t *tableFile) newestCommit() (n uint64, err error) {
	defer structural(&err)
	var offset fb.BlockOffset
	if !t.index.Offsets(&offset, 0) || !bytes.Equal(y.ParseKey(offset.KeyBytes()), commitKey) {
		return 0, nil
	}
	entries, err := t.block(0)
	if err != nil {
		return 0, err
	}
	// Behind the entries: their offsets, four bytes each in the machine's order,
	// and their count. An entry is two lengths of two bytes (shared with the
	// first key, own), the key, the value.
	count := int(binary.BigEndian.Uint32(entries[len(entries)-4:]))
	end := len(entries) - 4 - 4*count
	if count > 1 {
		end = int(binary.NativeEndian.Uint32(entries[end+4:]))
	}
	keyEnd := 4 + len(offset.KeyBytes())
	var value y.ValueStruct
	value.Decode(entries[keyEnd:end])
	n, ok := decodeCommit(value.Value)
	if !ok {
		return 0, tableError("commit number")
	}
	return n, nil
}

// structural turns the panic that a wrong length inside a part causes into an
// error.
func structural(err *error) {
	if recover() != nil {
		*err = tableError("structure")
	}
}
