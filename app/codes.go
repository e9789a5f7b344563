package app

import (
	"regexp"

	"shuting/app/config"
	"shuting/app/library"
)

// scanCodes answers visit.Codes from the settings.
type scanCodes struct {
	card, item *regexp.Regexp
	checkDigit bool
	most       int
}

func newScanCodes(s config.Scan) (scanCodes, error) {
	card, item, err := s.Compile()
	return scanCodes{card: card, item: item, checkDigit: s.CardCheckDigit, most: s.MaxLength}, err
}

func (c scanCodes) IsCard(text string) bool {
	return c.card.MatchString(text) && (!c.checkDigit || library.CardNumberValid(text))
}

func (c scanCodes) IsItem(text string) bool {
	return !c.card.MatchString(text) && c.item.MatchString(text)
}

func (c scanCodes) MaxLength() int { return c.most }
