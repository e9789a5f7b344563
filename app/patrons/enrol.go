package patrons

import (
	"context"
	"errors"
	"fmt"

	"shuting/app/library"
	"shuting/app/records"
)

// NewPatron is one patron to enter with a card.
type NewPatron struct {
	Patron   library.Patron
	Personal library.Personal
	State    library.CardState // "" = active
	PIN      string            // "" = none
}

// Enrol writes a patron, the sealed personal fields, the card and the PIN in
// one transaction. A card number in use is refused with records.ErrTaken.
func (s *Service) Enrol(ctx context.Context, cmd library.Command, n NewPatron) error {
	if n.State == "" {
		n.State = library.CardActive
	}
	sealed, err := s.o.Records.SealPersonal(n.Patron.ID, n.Personal)
	if err != nil {
		return err
	}
	hash := ""
	if n.PIN != "" {
		if hash, err = s.HashPIN(n.Patron.ID, n.PIN); err != nil {
			return err
		}
	}
	cardKey := s.o.Records.CardKey(n.Personal.CardNumber)
	_, err = s.o.Records.Do(ctx, cmd, "enrol", func(t *records.Tx) (records.Outcome, error) {
		return records.Outcome{Code: "done", Subjects: []string{n.Patron.ID},
			Facets: map[string]string{"category": string(n.Patron.Category), "branch": n.Patron.Branch}}, s.write(t, n, cardKey, sealed, hash)
	})
	if err != nil {
		return fmt.Errorf("enrol: %w", err)
	}
	return nil
}

func (s *Service) write(t *records.Tx, n NewPatron, cardKey string, sealed records.SealedPersonal, hash string) error {
	if _, err := t.CardByKey(cardKey); err == nil {
		return records.ErrTaken
	} else if !errors.Is(err, records.ErrNotFound) {
		return err
	}
	if err := t.PutPatron(n.Patron); err != nil {
		return err
	}
	if err := t.PutPersonal(n.Patron.ID, sealed); err != nil {
		return err
	}
	if err := t.PutCard(cardKey, library.Card{Patron: n.Patron.ID, State: n.State}); err != nil {
		return err
	}
	if hash != "" {
		return t.PutPINHash(n.Patron.ID, hash)
	}
	return nil
}
