// Canary walks every key and every value of a library and looks for what may
// lie there sealed only: names, birth dates, card numbers and other personal
// fields, in plain text and as a hash that anyone could make, and PINs.
//
//	canary -data DIR [-keys DIR] [-kiosk ID] <expected.json
//
// The personal fields are read from the library itself, through its seal; PINs
// are kept nowhere, so they come from outside. Standard input is
// {"cards": […], "names": […], "pins": […]}: every card and name must be found
// sealed, or the walk was blind and fails. Standard output gets a report as
// JSON; it names places, never what was found there. Exit code 0: nothing was
// found; 1: something was, or it could not look.
//
// It opens the library as the kiosk does, which must have stopped. It does not
// see the few records the backend keeps for itself (they hold no reader's data),
// nor older versions of a value that the engine has not cleared away yet.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"shuting/app/records"
	"shuting/app/store/badgerstore"
)

// expected is what somebody outside knows of the library's readers.
type expected struct {
	Cards []string `json:"cards"`
	Names []string `json:"names"`
	PINs  []string `json:"pins"`
}

func main() {
	clean, err := run(context.Background(), os.Args[1:], os.Stdin, os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "canary:", err)
	}
	if err != nil || !clean {
		os.Exit(1)
	}
}

// run tells whether nothing was found.
func run(ctx context.Context, args []string, in io.Reader, out io.Writer) (clean bool, err error) {
	flags := flag.NewFlagSet("canary", flag.ContinueOnError)
	data := flags.String("data", "", "the data folder")
	keys := flags.String("keys", "", "the folder of keys; the data folder's name with -keys when left out")
	kiosk := flags.String("kiosk", "k1", "the kiosk's id")
	if err := flags.Parse(args); err != nil {
		return false, err
	}
	var outside expected
	if err := json.NewDecoder(in).Decode(&outside); err != nil {
		return false, fmt.Errorf("read what is expected: %w", err)
	}
	dir, err := filepath.Abs(*data)
	if err != nil || *data == "" {
		return false, errors.Join(errors.New("no data folder: name one with -data"), err)
	}
	engine, err := badgerstore.Open(badgerstore.Options{Dir: dir, KeysDir: *keys, Existing: true})
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, engine.Close()) }()
	rec, err := records.Open(ctx, records.Options{Store: engine, SealKey: engine.SealKey(), Kiosk: *kiosk})
	if err != nil {
		return false, err
	}
	defer rec.Close()

	people, err := sealedFields(ctx, engine, rec)
	if err != nil {
		return false, err
	}
	if err := people.mustHave(outside); err != nil {
		return false, err
	}
	rep, err := walk(ctx, engine, needlesOf(people, outside.PINs))
	if err != nil {
		return false, err
	}
	rep.Patrons = len(people)
	enc := json.NewEncoder(out)
	enc.SetIndent("", " ")
	return len(rep.Found) == 0, enc.Encode(rep)
}
