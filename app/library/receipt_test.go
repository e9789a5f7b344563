package library

import "testing"

func TestAccept_L50_a_card_on_paper_shows_its_last_four_characters_only(t *testing.T) {
	for number, want := range map[string]string{
		"":              "",
		"7":             "*",
		"1234":          "****",
		"LB00018":       "*******",
		"LB000018":      "****0018",
		"LB000000018":   "*******0018",
		" LB000000018 ": "*******0018",
		"读者甲乙丙丁戊己":      "****丙丁戊己",
	} {
		got := MaskCard(number)
		if got != want {
			t.Errorf("MaskCard(%q) = %q, want %q", number, got, want)
		}
		if !CardMasked(got) {
			t.Errorf("%q is not taken as masked", got)
		}
	}
}

func TestAccept_L50_a_number_that_is_not_masked_is_known(t *testing.T) {
	for _, card := range []string{"LB000000018", "*LB000000018", "0018", "1", "**00018", "0018*******"} {
		if CardMasked(card) {
			t.Errorf("%q is taken as masked", card)
		}
	}
}
