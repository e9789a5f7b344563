package catalogue

import "shuting/app/catalogue/marc"

// fileTOML is a mapping file as it is written.
type fileTOML struct {
	MARC21   flavourTOML         `toml:"marc21"`
	CNMARC   flavourTOML         `toml:"cnmarc"`
	Table    map[string][]string `toml:"table"`
	Branches map[string]string   `toml:"branches"`
}

// flavourTOML is [marc21] or [cnmarc]. A list that is not there stays nil and
// keeps its default.
type flavourTOML struct {
	ControlNumber  []ruleTOML `toml:"control-number"`
	Title          []ruleTOML `toml:"title"`
	Subtitle       []ruleTOML `toml:"subtitle"`
	PartNumber     []ruleTOML `toml:"part-number"`
	PartName       []ruleTOML `toml:"part-name"`
	AltTitle       []ruleTOML `toml:"alt-title"`
	Author         []ruleTOML `toml:"author"`
	Responsibility []ruleTOML `toml:"responsibility"`
	Edition        []ruleTOML `toml:"edition"`
	Place          []ruleTOML `toml:"place"`
	Publisher      []ruleTOML `toml:"publisher"`
	Year           []ruleTOML `toml:"year"`
	Extent         []ruleTOML `toml:"extent"`
	Price          []ruleTOML `toml:"price"`
	Series         []ruleTOML `toml:"series"`
	ISBN           []ruleTOML `toml:"isbn"`
	ISSN           []ruleTOML `toml:"issn"`
	Language       []ruleTOML `toml:"language"`
	Class          []ruleTOML `toml:"class"`
	CallNumber     []ruleTOML `toml:"call-number"`
	Subject        []ruleTOML `toml:"subject"`
	Summary        []ruleTOML `toml:"summary"`
	Audience       []ruleTOML `toml:"audience"`

	Items          []itemTOML `toml:"items"`
	OriginalScript *string    `toml:"original-script"`
}

// ruleTOML is a rule for a text, itemTOML one for items.
type ruleTOML struct {
	Tag    string `toml:"tag"`
	Codes  string `toml:"codes"`
	Ind2   string `toml:"ind2"`
	Join   string `toml:"join"`
	Each   bool   `toml:"each"`
	Start  int    `toml:"start"`
	Length int    `toml:"length"`
	When   string `toml:"when"`
	Is     string `toml:"is"`
	Role   string `toml:"role"`
	Scheme string `toml:"scheme"`
}

type itemTOML struct {
	Tag        string `toml:"tag"`
	Barcode    string `toml:"barcode"`
	CallNumber string `toml:"call-number"`
	Join       string `toml:"join"`
	Branch     string `toml:"branch"`
	Location   string `toml:"location"`
}

// texts is every list of rules: its key, what the example says of it, and where
// it is in the file and in a mapping.
var texts = []struct {
	key, about string
	raw        func(*flavourTOML) *[]ruleTOML
	rules      func(*marc.Mapping) *[]marc.Rule
}{
	{"control-number", "the record's number in its catalogue", func(f *flavourTOML) *[]ruleTOML { return &f.ControlNumber }, func(m *marc.Mapping) *[]marc.Rule { return &m.ControlNumber }},
	{"title", "", func(f *flavourTOML) *[]ruleTOML { return &f.Title }, func(m *marc.Mapping) *[]marc.Rule { return &m.Title }},
	{"subtitle", "", func(f *flavourTOML) *[]ruleTOML { return &f.Subtitle }, func(m *marc.Mapping) *[]marc.Rule { return &m.Subtitle }},
	{"part-number", "", func(f *flavourTOML) *[]ruleTOML { return &f.PartNumber }, func(m *marc.Mapping) *[]marc.Rule { return &m.PartNumber }},
	{"part-name", "", func(f *flavourTOML) *[]ruleTOML { return &f.PartName }, func(m *marc.Mapping) *[]marc.Rule { return &m.PartName }},
	{"alt-title", "other titles it is known by", func(f *flavourTOML) *[]ruleTOML { return &f.AltTitle }, func(m *marc.Mapping) *[]marc.Rule { return &m.AltTitle }},
	{"author", "", func(f *flavourTOML) *[]ruleTOML { return &f.Author }, func(m *marc.Mapping) *[]marc.Rule { return &m.Author }},
	{"responsibility", "also gives the authors where no author rule does", func(f *flavourTOML) *[]ruleTOML { return &f.Responsibility }, func(m *marc.Mapping) *[]marc.Rule { return &m.Responsibility }},
	{"edition", "", func(f *flavourTOML) *[]ruleTOML { return &f.Edition }, func(m *marc.Mapping) *[]marc.Rule { return &m.Edition }},
	{"place", "of publication", func(f *flavourTOML) *[]ruleTOML { return &f.Place }, func(m *marc.Mapping) *[]marc.Rule { return &m.Place }},
	{"publisher", "", func(f *flavourTOML) *[]ruleTOML { return &f.Publisher }, func(m *marc.Mapping) *[]marc.Rule { return &m.Publisher }},
	{"year", "", func(f *flavourTOML) *[]ruleTOML { return &f.Year }, func(m *marc.Mapping) *[]marc.Rule { return &m.Year }},
	{"extent", "", func(f *flavourTOML) *[]ruleTOML { return &f.Extent }, func(m *marc.Mapping) *[]marc.Rule { return &m.Extent }},
	{"price", "", func(f *flavourTOML) *[]ruleTOML { return &f.Price }, func(m *marc.Mapping) *[]marc.Rule { return &m.Price }},
	{"series", "all rules up to the first that yields any", func(f *flavourTOML) *[]ruleTOML { return &f.Series }, func(m *marc.Mapping) *[]marc.Rule { return &m.Series }},
	{"isbn", "", func(f *flavourTOML) *[]ruleTOML { return &f.ISBN }, func(m *marc.Mapping) *[]marc.Rule { return &m.ISBN }},
	{"issn", "", func(f *flavourTOML) *[]ruleTOML { return &f.ISSN }, func(m *marc.Mapping) *[]marc.Rule { return &m.ISSN }},
	{"language", "", func(f *flavourTOML) *[]ruleTOML { return &f.Language }, func(m *marc.Mapping) *[]marc.Rule { return &m.Language }},
	{"class", "the first one counts", func(f *flavourTOML) *[]ruleTOML { return &f.Class }, func(m *marc.Mapping) *[]marc.Rule { return &m.Class }},
	{"call-number", "of copies that name none of their own", func(f *flavourTOML) *[]ruleTOML { return &f.CallNumber }, func(m *marc.Mapping) *[]marc.Rule { return &m.CallNumber }},
	{"subject", "", func(f *flavourTOML) *[]ruleTOML { return &f.Subject }, func(m *marc.Mapping) *[]marc.Rule { return &m.Subject }},
	{"summary", "", func(f *flavourTOML) *[]ruleTOML { return &f.Summary }, func(m *marc.Mapping) *[]marc.Rule { return &m.Summary }},
	{"audience", "codes for readers; a to d, in MARC21 also j, are children", func(f *flavourTOML) *[]ruleTOML { return &f.Audience }, func(m *marc.Mapping) *[]marc.Rule { return &m.Audience }},
}

func (r ruleTOML) rule() marc.Rule {
	return marc.Rule{Tag: r.Tag, Codes: r.Codes, Ind2: r.Ind2, Join: r.Join, Each: r.Each, Start: r.Start, Length: r.Length,
		WhenCode: r.When, WhenValue: r.Is, Role: r.Role, Scheme: r.Scheme}
}

func (r itemTOML) rule() marc.ItemRule {
	return marc.ItemRule{Tag: r.Tag, Barcode: r.Barcode, CallNumber: r.CallNumber, CallJoin: r.Join, Branch: r.Branch, Location: r.Location}
}

// apply replaces in m what the file names.
func (f flavourTOML) apply(m marc.Mapping) marc.Mapping {
	for _, t := range texts {
		raw := *t.raw(&f)
		if raw == nil {
			continue
		}
		rules := make([]marc.Rule, 0, len(raw))
		for _, r := range raw {
			rules = append(rules, r.rule())
		}
		*t.rules(&m) = rules
	}
	if f.Items != nil {
		m.Items = make([]marc.ItemRule, 0, len(f.Items))
		for _, r := range f.Items {
			m.Items = append(m.Items, r.rule())
		}
	}
	if f.OriginalScript != nil {
		m.OriginalScript = *f.OriginalScript
	}
	return m
}
