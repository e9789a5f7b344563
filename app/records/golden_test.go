package records

import (
	"encoding/hex"
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"shuting/app/library"
	"shuting/app/store"
)

// day is a civil day of the samples.
var day = library.Date{Year: 2026, Month: time.April, Day: 1}

// golden is one sample of each record type, every field filled, with the bytes
// it has in stores that exist. When this test fails because a field was renamed
// or changed its type, stored data would be lost: write a migration. A new field
// is added to its sample.
var golden = []struct {
	sample any
	bytes  string
}{
	{library.Patron{ID: "k1-p", Category: library.Child, Branch: "main", OnlyHomeBranch: true, ExpiresOn: day, SuspendedUntil: day,
		SuspendedWhy: "behaviour", ProvisionalUntil: day, Guardian: "k1-g", Joined: day},
		"01aa624944646b312d70664272616e6368646d61696e664a6f696e65646a323032362d30342d30316843617465676f7279656368696c646847756172" +
			"6469616e646b312d6769457870697265734f6e6a323032362d30342d30316c53757370656e646564576879696265686176696f75726e4f6e6c79486f" +
			"6d654272616e6368f56e53757370656e646564556e74696c6a323032362d30342d30317050726f766973696f6e616c556e74696c6a323032362d3034" +
			"2d3031"},
	{library.Personal{Name: "王小书", Born: day, CardNumber: "LB1", Document: "13999919880101001X", Phone: "1", Address: "唐山"},
		"01a664426f726e6a323032362d30342d3031644e616d6569e78e8be5b08fe4b9a66550686f6e656131674164647265737366e59490e5b1b168446f63" +
			"756d656e74723133393939393139383830313031303031586a436172644e756d626572634c4231"},
	{library.Card{Patron: "k1-p", State: library.CardLost},
		"01a2655374617465646c6f737466506174726f6e646b312d70"},
	{library.Title{ID: "k1-t", Control: "nlc/1", Title: "书", Subtitle: "亭", AltTitles: []string{"Book"}, Author: "甲", Authors: []string{"甲", "乙"}, Publisher: "P",
		Year: "1999", ISBNs: []string{"9787000000018"}, ISSN: "1", Class: "I247.5", CallNumber: "I247.5/12", Subjects: []string{"小说"},
		Series: "S", Language: "chi", Summary: "…", Edition: "2", Extent: "300", MinAge: 6, Children: true, Added: day},
		"01b6624944646b312d74644953534e6131645965617264313939396541646465646a323032362d30342d303165436c61737366493234372e35654953" +
			"424e73816d39373837303030303030303138655469746c6563e4b9a666417574686f7263e794b266457874656e7463333030664d696e416765066653" +
			"6572696573615367417574686f72738263e794b263e4b99967436f6e74726f6c656e6c632f316745646974696f6e61326753756d6d61727963e280a6" +
			"684368696c6472656ef5684c616e677561676563636869685375626a656374738166e5b08fe8afb4685375627469746c6563e4baad69416c74546974" +
			"6c65738164426f6f6b695075626c697368657261506a43616c6c4e756d62657269493234372e352f3132"},
	{library.Item{ID: "k1-i", Barcode: "B1", TitleID: "k1-t", Branch: "main", At: "west", Type: library.Book, State: library.ItemOnLoan,
		CallNumber: "I247.5/12", Place: "2F", Parts: "CD", MinAge: 6, OnSite: true, NotForLoan: true, OnlyAtBranch: true,
		LoanID: "k1-l", HoldID: "k1-h", ReturnedAt: noon, Loans: 3},
		"01b26241746477657374624944646b312d69645479706564626f6f6b654c6f616e730365506172747362434465506c61636562324665537461746567" +
			"6f6e5f6c6f616e664272616e6368646d61696e66486f6c644944646b312d68664c6f616e4944646b312d6c664d696e41676506664f6e53697465f567" +
			"426172636f6465624231675469746c654944646b312d746a43616c6c4e756d62657269493234372e352f31326a4e6f74466f724c6f616ef56a526574" +
			"75726e6564417474323032362d30332d30325431323a30303a30305a6c4f6e6c7941744272616e6368f5"},
	{library.Loan{ID: "k1-l", Patron: "k1-p", Item: "k1-i", Title: "k1-t", ItemType: library.Book, Out: noon, Due: day, Renewals: 1,
		LostOn: day, Branch: "main", Origin: "own", ReturnedAt: noon.Add(1500 * time.Millisecond)},
		"01ac624944646b312d6c634475656a323032362d30342d3031634f757474323032362d30332d30325431323a30303a30305a644974656d646b312d" +
			"69655469746c65646b312d74664272616e6368646d61696e664c6f73744f6e6a323032362d30342d3031664f726967696e636f776e66506174726f" +
			"6e646b312d70684974656d5479706564626f6f6b6852656e6577616c73016a52657475726e6564417476323032362d30332d30325431323a30303a" +
			"30312e355a"},
	{library.Hold{ID: "k1-h", Title: "k1-t", Patron: "k1-p", Seq: 7, State: library.HoldReady, Item: "k1-i", PickUp: "west", Placed: noon, Deadline: day},
		"01a9624944646b312d686353657107644974656d646b312d69655374617465657265616479655469746c65646b312d7466506174726f6e646b312d70" +
			"665069636b5570647765737466506c6163656474323032362d30332d30325431323a30303a30305a68446561646c696e656a323032362d30342d3031"},
	{library.Standing{Loans: 2, ByType: map[library.ItemType]int{library.Book: 2}, Holds: 1, ChargesFen: 150},
		"01a465486f6c647301654c6f616e730266427954797065a164626f6f6b026a4368617267657346656e1896"},
	{library.Policies{{Category: "adult", ItemType: "book", Branch: "*", LoanLimit: 10, TypeLimit: 5, LoanDays: 30, Renewals: 1, RenewDays: 30,
		RenewFromDays: 7, Holds: 5, ShelfDays: 3, OverdueFen: 10, LostFen: 3000, DamagedFen: 500, FoundDays: 180,
		ChargeBlockFen: 1000, MinAge: 6, OnSite: true}},
		"0181b265486f6c647305664272616e6368612a664d696e41676506664f6e53697465f5674c6f737446656e190bb86843617465676f727965616475" +
			"6c74684974656d5479706564626f6f6b684c6f616e44617973181e6852656e6577616c730169466f756e644461797318b4694c6f616e4c696d6974" +
			"0a6952656e657744617973181e695368656c66446179730369547970654c696d6974056a44616d6167656446656e1901f46a4f7665726475654665" +
			"6e0a6d52656e657746726f6d44617973076e436861726765426c6f636b46656e1903e8"},
	{library.Calendar{ClosedWeekdays: []time.Weekday{time.Monday}, ClosedDates: []library.Date{day},
		Hours:        []library.WeekdayHours{{Weekday: time.Tuesday, Spans: []library.Span{{From: 540, To: 1230}}}},
		SpecialHours: []library.DateHours{{Date: day, Spans: []library.Span{{From: 1, To: 1440}}}}},
		"01a465486f75727381a2655370616e73816b30393a30302d32303a3330675765656b646179026b436c6f7365644461746573816a323032362d30342d" +
			"30316c5370656369616c486f75727381a264446174656a323032362d30342d3031655370616e73816b30303a30312d32343a30306e436c6f73656457" +
			"65656b646179738101"},
	{History{List: "k1-r", Since: noon}, "01a2644c697374646b312d726553696e636574323032362d30332d30325431323a30303a30305a"},
	{Charge{ID: "k1-c", Patron: "k1-p", Loan: "k1-l", Kind: "overdue", Fen: 150, At: noon, Paid: true, Cancelled: true},
		"01a862417474323032362d30332d30325431323a30303a30305a624944646b312d636346656e1896644b696e64676f766572647565644c6f616e64" +
			"6b312d6c6450616964f566506174726f6e646b312d706943616e63656c6c6564f5"},
	{Attempts{Failed: 3, Until: 1772452805000, Last: 1772452800000},
		"01a3644c6173741b0000019cae6b660065556e74696c1b0000019cae6b7988664661696c656403"},
	{Entry{Seq: 2, Time: noon, Kiosk: "k1", Actor: "patron", Visit: "k1-v", Operation: "check_out", Command: "k1-c", Subjects: []string{"k1-p"},
		Outcome: "done", Facets: map[string]string{"class": "I"}, Result: []byte{1, 2}, Prev: []byte{3, 4}},
		"01ac635365710264507265764203046454696d6574323032362d30332d30325431323a30303a30305a654163746f7266706174726f6e654b696f736b" +
			"626b31655669736974646b312d7666466163657473a165636c617373614966526573756c7442010267436f6d6d616e64646b312d63674f7574636f6d" +
			"6564646f6e65685375626a6563747381646b312d70694f7065726174696f6e69636865636b5f6f7574"},
	{head{Seq: 2, Hash: []byte{5, 6}},
		"01a263536571026448617368420506"},
	{deriving{Version: 1, Entries: true, After: "k1-i"},
		"01a3654166746572646b312d6967456e7472696573f56756657273696f6e01"},
	{schema{Version: 2, Marker: []byte("it1:k1")},
		"01a2664d61726b6572466974313a6b316756657273696f6e02"},
}

func TestAccept_L08_stored_bytes_of_every_record_stay_as_they_are(t *testing.T) {
	for _, g := range golden {
		typ := reflect.TypeOf(g.sample)
		t.Run(typ.String(), func(t *testing.T) {
			wantFilled(t, typ.String(), reflect.ValueOf(g.sample))
			b, err := encode(g.sample)
			if err != nil {
				t.Fatal(err)
			}
			if got := hex.EncodeToString(b); got != g.bytes {
				t.Errorf("its bytes are now\n%s\nwant\n%s", got, g.bytes)
			}
			stored, err := hex.DecodeString(g.bytes)
			if err != nil {
				t.Fatal(err)
			}
			back := reflect.New(typ)
			if err := decode(stored, back.Interface()); err != nil {
				t.Fatalf("stored bytes cannot be read: %v", err)
			}
			if !reflect.DeepEqual(back.Elem().Interface(), g.sample) {
				t.Errorf("stored bytes read as\n%+v\nwant\n%+v", back.Elem().Interface(), g.sample)
			}
		})
	}
}

// wantFilled keeps a sample from missing a field.
func wantFilled(t *testing.T, path string, v reflect.Value) {
	t.Helper()
	if v.IsZero() {
		t.Errorf("the sample has no %s", path)
	}
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return
		}
		for i := range v.NumField() {
			wantFilled(t, path+"."+v.Type().Field(i).Name, v.Field(i))
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Struct {
			wantFilled(t, path+"[0]", v.Index(0))
		}
	}
}

func TestEqualRecordsAreEqualBytes(t *testing.T) {
	many := func(from, step int) map[string]string {
		m := map[string]string{}
		for i := range 40 {
			m[fmt.Sprint("facet", (from+i*step)%40)] = "x"
		}
		return m
	}
	a, errA := encode(Entry{Time: noon, Facets: many(0, 1)})
	b, errB := encode(Entry{Time: noon.In(time.FixedZone("CST", 8*3600)), Facets: many(7, 3)})
	if errA != nil || errB != nil || hex.EncodeToString(a) != hex.EncodeToString(b) {
		t.Errorf("they differ (%v, %v)", errA, errB)
	}
}

func TestDecodeRefusesWhatItCannotVouchFor(t *testing.T) {
	good, err := encode(golden[0].sample)
	if err != nil {
		t.Fatal(err)
	}
	first := func(b byte) []byte { return append([]byte{b}, good[1:]...) }
	for _, c := range []struct {
		name  string
		value []byte
		want  error
	}{
		{"an empty value", nil, ErrBroken},
		{"a newer encoding", first(encodingVersion + 1), ErrNewer},
		{"a much newer encoding", first(0xff), ErrNewer},
		{"no encoding", first(0), ErrBroken},
		{"a version alone", good[:1], ErrBroken},
		{"bytes cut off", good[:len(good)-1], ErrBroken},
		{"bytes behind it", append(first(1), 0xf6), ErrBroken},
		{"another type", []byte{1, 0x83, 1, 2, 3}, ErrBroken},
		{"a day that does not exist", must(encode(map[string]string{"Joined": "2026-02-30"})), ErrBroken},
	} {
		var p library.Patron
		if err := decode(c.value, &p); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
	}
}

func TestAccept_L08_keys_carry_the_version_of_their_layout(t *testing.T) {
	_, s := goodLibrary(t)
	known, seen := map[string]bool{}, map[string]bool{}
	for _, space := range []string{spaceMeta, spaceSetting, spaceTitle, spaceControl, spaceISBN, spaceItem, spaceBarcode, spaceCopies, spacePatron, spaceCard,
		spacePersonal, spaceKey, spacePIN, spaceGuard, spaceLoan, spaceOpenLoan, spaceHold, spaceHoldBy, spaceQueue, spaceCharge,
		spaceHistory, spacePast, spaceErase, spaceLedger, spaceHead, spaceCommand, spaceAttempt} {
		if len(space) != 4 || space[2] < '1' || space[2] > '9' || space[3] != ':' || known[space] {
			t.Errorf("key space %q: want two letters of its own, a version and a colon", space)
		}
		known[space] = true
	}
	everything(t, s, func(k, _ []byte) {
		if len(k) < 4 || !known[string(k[:4])] {
			t.Errorf("key %q lies in no known space", k)
			return
		}
		seen[string(k[:4])] = true
	})
	for space := range known {
		if !seen[space] {
			t.Errorf("nothing lies in key space %s: the sample library misses a kind of record", space)
		}
	}
}

// everything calls fn for each key and value of a store.
func everything(t *testing.T, s store.Store, fn func(k, v []byte)) {
	t.Helper()
	n := 0
	mustViewStore(t, s, func(tx store.Tx) error {
		for first := 1; first <= 0xff; first++ {
			if err := tx.Scan(store.Range{Prefix: []byte{byte(first)}}, func(k, v []byte) error { n++; fn(k, v); return nil }); err != nil {
				return err
			}
		}
		return nil
	})
	if n == 0 {
		t.Error("the store is empty: the test shows nothing")
	}
}
