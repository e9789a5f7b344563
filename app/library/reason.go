package library

// Mark says what a refusal means for the person in front of the kiosk.
type Mark string

// The marks, strongest first.
const (
	Block Mark = "block" // nobody can lift it here
	Staff Mark = "staff" // staff may override it
	Ask   Mark = "ask"   // the reader confirms and goes on
)

// Reason is one coded refusal with the facts its words need. Prose lives in
// the page, by language. Params hold numbers, civil dates (2026-12-22) and
// names as catalogued, never anything about another reader.
type Reason struct {
	Code   string            `json:"code"`
	Mark   Mark              `json:"mark"`
	Params map[string]string `json:"params,omitempty"`
}
