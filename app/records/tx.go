package records

import (
	"errors"
	"fmt"

	"shuting/app/library"
	"shuting/app/store"
)

// Tx reads and writes records inside Do or View. Getters return ErrNotFound
// when there is no such record.
type Tx struct {
	s       store.Tx
	sealer  *sealer
	touched Touched
}

func get[T any](t *Tx, k []byte) (T, error) {
	var v T
	b, err := t.s.Get(k)
	if errors.Is(err, store.ErrNotFound) {
		return v, ErrNotFound
	}
	if err != nil {
		return v, err
	}
	return v, decode(b, &v)
}

func put(t *Tx, k []byte, v any) error {
	b, err := encode(v)
	if err != nil {
		return err
	}
	return t.s.Set(k, b)
}

// list keeps an entry in a list for as long as it belongs there.
func (t *Tx) list(k []byte, belongs bool) error {
	if belongs {
		return t.s.Set(k, []byte{})
	}
	return t.s.Delete(k)
}

// claim sets a look-up entry that only one record may have. Reading it first
// makes two that claim it at once a conflict.
func (t *Tx) claim(k []byte, id string) error {
	owner, err := t.s.Get(k)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return t.s.Set(k, []byte(id))
	case err != nil:
		return err
	case string(owner) != id:
		return ErrTaken
	}
	return nil
}

// release removes a look-up entry if it is still this record's.
func (t *Tx) release(k []byte, id string) error {
	owner, err := t.s.Get(k)
	if errors.Is(err, store.ErrNotFound) || (err == nil && string(owner) != id) {
		return nil
	}
	if err != nil {
		return err
	}
	return t.s.Delete(k)
}

// children lists the last part of every key under owner in a key space.
func (t *Tx) children(space, owner string) ([]string, error) {
	var ids []string
	prefix := append(key(space, owner), '/')
	err := t.s.Scan(store.Range{Prefix: prefix}, func(k, _ []byte) error {
		ids = append(ids, tail(k, len(prefix)))
		return nil
	})
	return ids, err
}

// Title by id.
func (t *Tx) Title(id string) (library.Title, error) {
	return get[library.Title](t, key(spaceTitle, id))
}

// PutTitle writes a title and its look-up entries (control number, ISBNs);
// entries of an earlier form of the title that no longer hold are removed. A
// control number that belongs to another title is refused with ErrTaken.
func (t *Tx) PutTitle(v library.Title) error {
	old, err := t.Title(v.ID)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	if old.Control != "" && old.Control != v.Control {
		if err := t.release(key(spaceControl, old.Control), v.ID); err != nil {
			return err
		}
	}
	for _, isbn := range old.ISBNs {
		if err := t.s.Delete(key(spaceISBN, isbn, v.ID)); err != nil {
			return err
		}
	}
	if v.Control != "" {
		if err := t.claim(key(spaceControl, v.Control), v.ID); err != nil {
			return err
		}
	}
	for _, isbn := range v.ISBNs {
		if err := t.s.Set(key(spaceISBN, isbn, v.ID), []byte{}); err != nil {
			return err
		}
	}
	t.touched.Titles = append(t.touched.Titles, v.ID)
	return put(t, key(spaceTitle, v.ID), v)
}

// TitleByControl finds the title with a source's control number.
func (t *Tx) TitleByControl(control string) (library.Title, error) {
	id, err := t.s.Get(key(spaceControl, control))
	if errors.Is(err, store.ErrNotFound) {
		return library.Title{}, ErrNotFound
	}
	if err != nil {
		return library.Title{}, err
	}
	return t.Title(string(id))
}

// TitlesByISBN finds every title that carries an ISBN-13.
func (t *Tx) TitlesByISBN(isbn string) ([]library.Title, error) {
	ids, err := t.children(spaceISBN, isbn)
	if err != nil {
		return nil, err
	}
	var out []library.Title
	for _, id := range ids {
		v, err := t.Title(id)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// Item by id.
func (t *Tx) Item(id string) (library.Item, error) {
	return get[library.Item](t, key(spaceItem, id))
}

// ItemByBarcode finds the item that carries a barcode.
func (t *Tx) ItemByBarcode(barcode string) (library.Item, error) {
	id, err := t.s.Get(key(spaceBarcode, barcode))
	if errors.Is(err, store.ErrNotFound) {
		return library.Item{}, ErrNotFound
	}
	if err != nil {
		return library.Item{}, err
	}
	return t.Item(string(id))
}

// MostCopies is how many copies of one title Copies gives at most: a page that
// lists a title must not wait for thousands of bound volumes.
const MostCopies = 500

// Copies of a title, in the order they came, at most MostCopies. What the list
// has wrong until Derive mends it, and copies that cannot be read, are passed
// over; Check tells of both.
func (t *Tx) Copies(title string) ([]library.Item, error) {
	ids, err := t.children(spaceCopies, title)
	if err != nil {
		return nil, err
	}
	ids = ids[:min(len(ids), MostCopies)]
	out := make([]library.Item, 0, len(ids))
	for _, id := range ids {
		it, err := t.Item(id)
		switch {
		case err == nil && it.TitleID == title:
			out = append(out, it)
		case err != nil && !errors.Is(err, ErrNotFound) && !unreadable(err):
			return nil, fmt.Errorf("copy %s: %w", id, err)
		}
	}
	return out, nil
}

// PutItem writes an item, its place among the copies of its title, and its
// barcode, when it has one. A barcode that belongs to another item is refused
// with ErrTaken.
func (t *Tx) PutItem(v library.Item) error {
	old, err := t.Item(v.ID)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	if old.Barcode != v.Barcode {
		if old.Barcode != "" {
			if err := t.s.Delete(key(spaceBarcode, old.Barcode)); err != nil {
				return err
			}
		}
		if v.Barcode != "" {
			if err := t.claim(key(spaceBarcode, v.Barcode), v.ID); err != nil {
				return err
			}
		}
	}
	if old.TitleID != v.TitleID {
		if old.TitleID != "" {
			if err := t.s.Delete(key(spaceCopies, old.TitleID, v.ID)); err != nil {
				return err
			}
		}
		if err := t.s.Set(key(spaceCopies, v.TitleID, v.ID), []byte{}); err != nil {
			return err
		}
	}
	t.touched.item(old, v)
	return put(t, key(spaceItem, v.ID), v)
}

// ErrTaken: a number that must be unique belongs to another record.
var ErrTaken = errors.New("records: number already taken")

// Patron by id, without personal fields.
func (t *Tx) Patron(id string) (library.Patron, error) {
	return get[library.Patron](t, key(spacePatron, id))
}

// PutPatron writes what is not personal.
func (t *Tx) PutPatron(v library.Patron) error { return put(t, key(spacePatron, v.ID), v) }

// CardByKey finds a card by Records.CardKey of its number.
func (t *Tx) CardByKey(cardKey string) (library.Card, error) {
	return get[library.Card](t, key(spaceCard, cardKey))
}

// PutCard ties a card number to a patron.
func (t *Tx) PutCard(cardKey string, v library.Card) error {
	return put(t, key(spaceCard, cardKey), v)
}

// Personal unseals a patron's personal fields.
func (t *Tx) Personal(patron string) (library.Personal, error) {
	wrapped, err := t.s.Get(key(spaceKey, patron))
	if errors.Is(err, store.ErrNotFound) {
		return library.Personal{}, ErrNotFound
	}
	if err != nil {
		return library.Personal{}, err
	}
	fields, err := t.s.Get(key(spacePersonal, patron))
	if errors.Is(err, store.ErrNotFound) {
		return library.Personal{}, ErrNotFound
	}
	if err != nil {
		return library.Personal{}, err
	}
	return t.sealer.open(patron, SealedPersonal{Key: wrapped, Fields: fields})
}

// PutPersonal writes fields that SealPersonal sealed.
func (t *Tx) PutPersonal(patron string, s SealedPersonal) error {
	if err := t.s.Set(key(spaceKey, patron), s.Key); err != nil {
		return err
	}
	return t.s.Set(key(spacePersonal, patron), s.Fields)
}

// PINHash is the stored argon2id hash of a patron's PIN.
func (t *Tx) PINHash(patron string) (string, error) {
	b, err := t.s.Get(key(spacePIN, patron))
	if errors.Is(err, store.ErrNotFound) {
		return "", ErrNotFound
	}
	return string(b), err
}

// PutPINHash replaces it.
func (t *Tx) PutPINHash(patron, hash string) error {
	return t.s.Set(key(spacePIN, patron), []byte(hash))
}

// Standing reads a patron's guard record: the counted limits. Whoever counts
// on it writes it back in the same transaction with PutStanding, so that two
// at once cannot both pass a limit.
func (t *Tx) Standing(patron string) (library.Standing, error) {
	s, err := get[library.Standing](t, key(spaceGuard, patron))
	if errors.Is(err, ErrNotFound) {
		err = nil
	}
	if s.ByType == nil {
		s.ByType = map[library.ItemType]int{}
	}
	return s, err
}

// PutStanding writes the guard record.
func (t *Tx) PutStanding(patron string, s library.Standing) error {
	return put(t, key(spaceGuard, patron), s)
}

// Loan by id.
func (t *Tx) Loan(id string) (library.Loan, error) {
	return get[library.Loan](t, key(spaceLoan, id))
}

// PutLoan writes a loan and keeps the list of the patron's open loans.
func (t *Tx) PutLoan(v library.Loan) error {
	if err := t.list(key(spaceOpenLoan, v.Patron, v.ID), v.Open()); err != nil {
		return err
	}
	return put(t, key(spaceLoan, v.ID), v)
}

// OpenLoans of a patron, oldest first.
func (t *Tx) OpenLoans(patron string) ([]library.Loan, error) {
	ids, err := t.children(spaceOpenLoan, patron)
	if err != nil {
		return nil, err
	}
	var out []library.Loan
	for _, id := range ids {
		l, err := t.Loan(id)
		if err != nil {
			return nil, fmt.Errorf("open loan %s: %w", id, err)
		}
		out = append(out, l)
	}
	return out, nil
}

// Setting reads a library-wide setting (policies, calendar) into v.
func (t *Tx) Setting(name string, into any) error {
	b, err := t.s.Get(key(spaceSetting, name))
	if errors.Is(err, store.ErrNotFound) {
		return ErrNotFound
	}
	if err != nil {
		return err
	}
	return decode(b, into)
}

// PutSetting writes it.
func (t *Tx) PutSetting(name string, v any) error { return put(t, key(spaceSetting, name), v) }
