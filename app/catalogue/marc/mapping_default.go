package marc

func defaultMARC21() Mapping {
	names := func(tags ...string) (rules []Rule) {
		for _, tag := range tags {
			rules = append(rules, Rule{Tag: tag, Codes: "ab", Role: "e4"})
		}
		return rules
	}
	var subjects []Rule
	for _, tag := range []string{"650", "600", "610", "611", "630", "651", "655"} {
		subjects = append(subjects, Rule{Tag: tag, Codes: "abtxyzv", Join: "--"})
	}
	return Mapping{
		ControlNumber: []Rule{{Tag: "001"}},
		Title: []Rule{
			{Tag: "245", Codes: "a"}, {Tag: "245", Codes: "k"}, {Tag: "245", Codes: "b"}, {Tag: "245", Codes: "p"},
			{Tag: "246", Codes: "a"}, {Tag: "240", Codes: "a"}, {Tag: "130", Codes: "a"}, {Tag: "222", Codes: "a"},
		},
		Subtitle:       []Rule{{Tag: "245", Codes: "b", Join: " : "}},
		PartNumber:     []Rule{{Tag: "245", Codes: "n"}},
		PartName:       []Rule{{Tag: "245", Codes: "p"}},
		AltTitle:       []Rule{{Tag: "246", Codes: "a"}, {Tag: "130", Codes: "a"}, {Tag: "240", Codes: "a"}},
		Author:         names("100", "110", "111", "700", "710", "711"),
		Responsibility: []Rule{{Tag: "245", Codes: "c"}},
		Edition:        []Rule{{Tag: "250", Codes: "ab"}},
		Place:          []Rule{{Tag: "264", Ind2: "1", Codes: "a", Each: true}, {Tag: "260", Codes: "a", Each: true}},
		Publisher:      []Rule{{Tag: "264", Ind2: "1", Codes: "b", Each: true}, {Tag: "260", Codes: "b", Each: true}},
		Year: []Rule{
			{Tag: "008", Start: 7, Length: 4}, // before the printed year, which may be of another calendar
			{Tag: "264", Ind2: "1", Codes: "c"}, {Tag: "260", Codes: "c"}, {Tag: "264", Codes: "c"},
		},
		Extent: []Rule{{Tag: "300", Codes: "a"}},
		Price:  []Rule{{Tag: "020", Codes: "c"}, {Tag: "365", Codes: "b"}},
		Series: []Rule{
			{Tag: "490", Codes: "av", Join: " ; "}, {Tag: "440", Codes: "anpv", Join: " ; "},
			{Tag: "830", Codes: "anpv", Join: " ; "},
		},
		ISBN:     []Rule{{Tag: "020", Codes: "a", Each: true}},
		ISSN:     []Rule{{Tag: "022", Codes: "a", Each: true}},
		Language: []Rule{{Tag: "008", Start: 35, Length: 3}, {Tag: "041", Codes: "a", Each: true}},
		Class: []Rule{
			{Tag: "084", Codes: "a", WhenCode: "2", WhenValue: "clc", Scheme: "clc", Each: true},
			{Tag: "082", Codes: "a", Scheme: "ddc", Each: true},
			{Tag: "092", Codes: "a", Scheme: "ddc", Each: true},
			{Tag: "050", Codes: "a", Scheme: "lcc", Each: true},
			{Tag: "090", Codes: "a", Scheme: "lcc", Each: true},
			{Tag: "080", Codes: "a", Scheme: "udc", Each: true},
			{Tag: "084", Codes: "a", Scheme: "$2", Each: true},
		},
		CallNumber: []Rule{
			{Tag: "852", Codes: "khi"}, {Tag: "090", Codes: "ab"}, {Tag: "099", Codes: "a"},
			{Tag: "050", Codes: "ab"}, {Tag: "092", Codes: "ab"}, {Tag: "082", Codes: "ab"},
		},
		Subject:  append(subjects, Rule{Tag: "653", Codes: "a", Each: true}),
		Summary:  []Rule{{Tag: "520", Codes: "ab"}},
		Audience: []Rule{{Tag: "008", Start: 22, Length: 1}},
		Items: []ItemRule{
			{Tag: "852", Barcode: "p", CallNumber: "khi", Branch: "b", Location: "c"},
			{Tag: "876", Barcode: "p", Location: "l"},
			{Tag: "945", Barcode: "i", CallNumber: "ab", Location: "l"},
			{Tag: "949", Barcode: "i", CallNumber: "a", Branch: "m", Location: "l"},
			{Tag: "952", Barcode: "p", CallNumber: "o", Branch: "b", Location: "c"},
			{Tag: "999", Barcode: "i", CallNumber: "a", Branch: "m", Location: "l"},
		},
		BarcodePattern: DefaultBarcodePattern,
		OriginalScript: "880",
	}
}

func defaultCNMARC() Mapping {
	names := func(join string, tags ...string) (rules []Rule) {
		for _, tag := range tags {
			rules = append(rules, Rule{Tag: tag, Codes: "ab", Join: join, Role: "4"})
		}
		return rules
	}
	var subjects []Rule
	for _, tag := range []string{"606", "600", "601", "602", "604", "605", "607", "608"} {
		subjects = append(subjects, Rule{Tag: tag, Codes: "abtxyzj", Join: "-"})
	}
	var variants []Rule
	for _, tag := range []string{"500", "510", "512", "513", "514", "515", "516", "517", "540", "541"} {
		variants = append(variants, Rule{Tag: tag, Codes: "a"})
	}
	return Mapping{
		ControlNumber:  []Rule{{Tag: "001"}},
		Title:          []Rule{{Tag: "200", Codes: "a", Join: " ; "}, {Tag: "200", Codes: "i"}, {Tag: "500", Codes: "a"}},
		Subtitle:       []Rule{{Tag: "200", Codes: "e", Join: " : "}},
		PartNumber:     []Rule{{Tag: "200", Codes: "h"}, {Tag: "200", Codes: "v"}},
		PartName:       []Rule{{Tag: "200", Codes: "i"}},
		AltTitle:       append([]Rule{{Tag: "200", Codes: "d", Each: true}}, variants...),
		Author:         append(names(", ", "700", "701", "702"), names(" ", "710", "711", "712", "720")...),
		Responsibility: []Rule{{Tag: "200", Codes: "fg", Join: " ; "}},
		Edition:        []Rule{{Tag: "205", Codes: "ab"}},
		Place:          []Rule{{Tag: "210", Codes: "a", Each: true}},
		Publisher:      []Rule{{Tag: "210", Codes: "c", Each: true}},
		Year:           []Rule{{Tag: "210", Codes: "d"}, {Tag: "100", Codes: "a", Start: 9, Length: 4}},
		Extent:         []Rule{{Tag: "215", Codes: "a"}},
		Price:          []Rule{{Tag: "010", Codes: "d"}, {Tag: "091", Codes: "d"}, {Tag: "011", Codes: "d"}},
		Series:         []Rule{{Tag: "225", Codes: "ahiv", Join: " ; "}, {Tag: "410", Codes: "tv", Join: " ; "}},
		ISBN:           []Rule{{Tag: "010", Codes: "a", Each: true}},
		ISSN:           []Rule{{Tag: "011", Codes: "a", Each: true}},
		Language:       []Rule{{Tag: "101", Codes: "a", Each: true}},
		Class: []Rule{
			{Tag: "690", Codes: "a", Scheme: "clc", Each: true},
			{Tag: "676", Codes: "a", Scheme: "ddc", Each: true},
			{Tag: "675", Codes: "a", Scheme: "udc", Each: true},
			{Tag: "680", Codes: "a", Scheme: "lcc", Each: true},
			{Tag: "686", Codes: "a", Scheme: "$2", Each: true},
		},
		CallNumber: []Rule{
			{Tag: "905", Codes: "s"}, {Tag: "905", Codes: "de", Join: "/"},
			{Tag: "906", Codes: "de", Join: "/"}, {Tag: "090", Codes: "ab", Join: "/"},
		},
		Subject:  append(subjects, Rule{Tag: "610", Codes: "a", Each: true}),
		Summary:  []Rule{{Tag: "330", Codes: "a"}},
		Audience: []Rule{{Tag: "100", Codes: "a", Start: 17, Length: 3}},
		Items: []ItemRule{
			{Tag: "905", Barcode: "b", CallNumber: "de", CallJoin: "/", Branch: "a", Location: "c"},
			{Tag: "906", Barcode: "b", CallNumber: "de", CallJoin: "/", Branch: "a"},
		},
		BarcodePattern: DefaultBarcodePattern,
		OriginalScript: "",
	}
}
