package visit

// nonceMemory knows the last nonces of the page, to tell a retry from a new
// act.
type nonceMemory struct {
	seen  map[string]bool
	order []string
}

const noncesKept = 256

// first tells whether a nonce is new, and remembers it.
func (m *nonceMemory) first(nonce string) bool {
	if m.seen == nil {
		m.seen = map[string]bool{}
	}
	if m.seen[nonce] {
		return false
	}
	m.seen[nonce] = true
	m.order = append(m.order, nonce)
	if len(m.order) > noncesKept {
		delete(m.seen, m.order[0])
		m.order = m.order[1:]
	}
	return true
}
