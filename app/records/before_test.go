package records

import (
	"encoding/hex"
	"testing"

	"shuting/app/library"
)

// Bytes of records as they were written before fields were added to them.
const (
	titleOfBefore = "01b4624944646b312d74644953534e61316459656172643139393965436c61737366493234372e35654953424e73816d393738373030303030303031" +
		"38655469746c6563e4b9a666417574686f7263e794b266457874656e7463333030664d696e4167650666536572696573615367417574686f72738263" +
		"e794b263e4b99967436f6e74726f6c656e6c632f316745646974696f6e61326753756d6d61727963e280a6684c616e67756167656363686968537562" +
		"6a656374738166e5b08fe8afb4685375627469746c6563e4baad69416c745469746c65738164426f6f6b695075626c697368657261506a43616c6c4e" +
		"756d62657269493234372e352f3132"
	itemOfBefore = "01b16241746477657374624944646b312d69645479706564626f6f6b65506172747362434465506c616365623246655374617465676f6e5f6c6f616e" +
		"664272616e6368646d61696e66486f6c644944646b312d68664c6f616e4944646b312d6c664d696e41676506664f6e53697465f567426172636f6465" +
		"624231675469746c654944646b312d746a43616c6c4e756d62657269493234372e352f31326a4e6f74466f724c6f616ef56a52657475726e65644174" +
		"74323032362d30332d30325431323a30303a30305a6c4f6e6c7941744272616e6368f5"
)

func TestAccept_L08_records_of_before_a_field_was_added_are_still_read(t *testing.T) {
	var title library.Title
	mustDecode(t, titleOfBefore, &title)
	if title.Title != "书" || title.MinAge != 6 || title.Children || !title.Added.IsZero() {
		t.Errorf("title %+v", title)
	}
	var item library.Item
	mustDecode(t, itemOfBefore, &item)
	if item.Barcode != "B1" || item.LoanID != "k1-l" || item.Loans != 0 {
		t.Errorf("item %+v", item)
	}
}

func mustDecode(t *testing.T, stored string, into any) {
	t.Helper()
	b, err := hex.DecodeString(stored)
	if err != nil {
		t.Fatal(err)
	}
	if err := decode(b, into); err != nil {
		t.Fatal(err)
	}
}
