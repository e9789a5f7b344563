package library

import "testing"

func TestCheckDigit10(t *testing.T) {
	for digits, want := range map[string]byte{
		"7992739871":      '3',
		"0":               '0',
		"1":               '8', // 2
		"5":               '9', // 10 counts as 1
		"18":              '2', // 1 + 7
		"123456789":       '7', // 2+2+6+4+1+6+5+8+9 = 43
		"123456781234567": '0',
		"411111111111111": '1',
		"00000000":        '0',
	} {
		if got, ok := CheckDigit10(digits); !ok || got != want {
			t.Errorf("%s: %c, %v; want %c", digits, got, ok, want)
		}
	}
	for _, s := range []string{"", " ", "12a4", "１２３", "12-34", "-1", "1 2", "12\x00"} {
		if got, ok := CheckDigit10(s); ok {
			t.Errorf("%q has check digit %c", s, got)
		}
	}
}

func TestCheckDigit10SeesEveryWrongDigitAndMostSwaps(t *testing.T) {
	const good = "79927398713"
	for i := range good {
		for d := byte('0'); d <= '9'; d++ {
			typed := []byte(good)
			typed[i] = d
			if CardNumberValid(string(typed)) != (d == good[i]) {
				t.Errorf("%s passes as %s", typed, good)
			}
		}
	}
	for i := range len(good) - 1 {
		typed := []byte(good)
		typed[i], typed[i+1] = typed[i+1], typed[i]
		// The scheme cannot tell 09 from 90, and this number holds neither.
		if CardNumberValid(string(typed)) != (good[i] == good[i+1]) {
			t.Errorf("%s passes as %s", typed, good)
		}
	}
}

func TestCardNumberValid(t *testing.T) {
	for number, want := range map[string]bool{
		"79927398713":    true,
		"LB79927398713":  true,
		"借79927398713":   true,
		"lb-79927398713": true,
		"18":             true,
		"00":             true,
		"79927398710":    false,
		"LB7992739871":   false,
		"79927398713LB":  false, // only in front
		"7992LB7398713":  false,
		"7992 7398713":   false,
		"７９９２７３９８７１３":    false, // full width: a scanner sends ASCII
		"8":              false, // nothing but a check digit
		"LB8":            false,
		"LB":             false,
		"":               false,
	} {
		if got := CardNumberValid(number); got != want {
			t.Errorf("%q: %v", number, got)
		}
	}
}

func TestIsISBN13(t *testing.T) {
	for code, want := range map[string]bool{
		"9783161484100":  true,
		"9790000000001":  true, // 9+21+9 = 39
		"9783161484101":  false,
		"9783161481400":  false, // two digits swapped
		"9770000000003":  false, // a right EAN-13, but of a periodical
		"6900000000007":  false, // a right EAN-13, but of a product
		"978316148410":   false,
		"97831614841000": false,
		"978316148410X":  false,
		"978-316148410":  false,
		"９７８３１６１４８４１００": false,
		"": false,
	} {
		if got := IsISBN13(code); got != want {
			t.Errorf("%q: %v", code, got)
		}
	}
}

func TestMaskName(t *testing.T) {
	for name, want := range map[string]string{
		"张三":                                   "张*",
		"张小三":                                  "张**",
		"欧阳小小三":                                "欧**", // the length of a long name is nobody's business
		"阿依古丽·买买提":                             "阿**",
		"张":                                    "张*",
		"𠮷田":                                   "𠮷*", // outside the first plane
		"  张三 ":                                "张*",
		"　张三":                                  "张*",
		"Anna Smith":                           "A*** S***",
		"anna":                                 "a***",
		"A":                                    "A***",
		"Anna  Maria\tSmith":                   "A*** M*** S***",
		"E\u0301lodie":                         "É***", // an accent of its own
		"Élodie":                               "É***",
		"q\u0323\u0301a":                       "q***", // no composed form: the letter alone
		"\u1100\u1175\u11b7\u110e\u1165\u11af": "김***", // Korean in single letters
		"Жанна":                                "Ж***",
		"":                                     "",
		" \t　":                                 "",
	} {
		if got := MaskName(name); got != want {
			t.Errorf("%q is shown as %q, want %q", name, got, want)
		}
	}
}
