package records

// Recorded is the ledger entry of a command; ErrNotFound when nothing was
// recorded under its id within CommandsKept.
func (t *Tx) Recorded(command string) (Entry, error) {
	at, known, err := findCommand(t.s, command)
	if err != nil {
		return Entry{}, err
	}
	if !known {
		return Entry{}, ErrNotFound
	}
	return get[Entry](t, seqKey(spaceLedger, at.kiosk, at.seq))
}

// ReadResult reads what the change recorded as its Outcome.Result.
func (e Entry) ReadResult(into any) error { return decode(e.Result, into) }
