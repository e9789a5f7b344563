package badgerstore

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"time"
)

// pendingCode is recovery.pending: the recovery code of a library whose owner
// has not said yet that it was written down. It is the first thing a first start
// makes durable, so an interrupted one is completed with the same keys.
type pendingCode struct {
	Library string    `json:"library"`
	Created time.Time `json:"created"`
	Code    string    `json:"code"`
}

func newPending() (pendingCode, error) {
	library, err := newLibraryID()
	if err != nil {
		return pendingCode{}, err
	}
	s, err := newSecret()
	return pendingCode{Library: library, Created: time.Now().UTC().Truncate(time.Second), Code: s.code()}, err
}

func (p pendingCode) write(o Options) error {
	text, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return writeDurably(o.pendingPath(), append(text, '\n'), o.step)
}

// readPending returns nil when there is no such file.
func readPending(o Options) (*pendingCode, error) {
	text, err := os.ReadFile(o.pendingPath())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var p pendingCode
	if err := json.Unmarshal(text, &p); err != nil || p.Library == "" {
		return nil, errors.New("the recovery code on file is not readable")
	}
	if _, err := parseCode(p.Code); err != nil {
		return nil, errors.New("the recovery code on file is damaged")
	}
	return &p, nil
}

// FirstStart holds what the owner must see once.
type FirstStart struct {
	// RecoveryCode brings the keys back when their folder is lost. It is stored
	// nowhere once AcknowledgeRecoveryCode has returned.
	RecoveryCode string
}

// FirstStart returns the recovery code as long as nobody has acknowledged it, and
// nil afterwards.
func (s *Store) FirstStart() *FirstStart {
	s.pendingMu.Lock()
	defer s.pendingMu.Unlock()
	if s.pending == "" {
		return nil
	}
	return &FirstStart{RecoveryCode: s.pending}
}

// AcknowledgeRecoveryCode removes the recovery code from the disk. Call it when
// the owner has said that it is written down. It may be called again.
func (s *Store) AcknowledgeRecoveryCode() error {
	s.pendingMu.Lock()
	defer s.pendingMu.Unlock()
	if err := removeDurably(s.opts.pendingPath()); err != nil {
		return err
	}
	s.pending = ""
	return nil
}
