package catalogue_test

import (
	"bytes"
	"context"
	"io"
	"reflect"
	"testing"

	"shuting/app/catalogue"
	"shuting/app/catalogue/marctest"
)

// The files of the measurements are worth measuring only if all of them say the
// same and nothing of them is left out.
func TestMeasured_files_hold_the_same_books_in_every_form(t *testing.T) {
	service := catalogue.New(catalogue.Options{Branch: "main"})
	var first []catalogue.Sample
	for _, form := range marctest.Forms() {
		var file bytes.Buffer
		if err := marctest.Write(&file, 30, form); err != nil {
			t.Fatal(err)
		}
		var samples []catalogue.Sample
		err := service.Preview(context.Background(), &file, catalogue.ImportOptions{}, 100, func(s catalogue.Sample) { samples = append(samples, s) })
		if err != nil || len(samples) != 30 {
			t.Fatalf("%s: %d records, %v", form, len(samples), err)
		}
		if first == nil {
			first = samples
		}
		for i, s := range samples {
			want := first[i]
			if s.Title.Title != want.Title.Title || s.Title.Author != want.Title.Author || s.Title.Control != want.Title.Control ||
				!reflect.DeepEqual(s.Title.ISBNs, want.Title.ISBNs) || s.Title.Summary != want.Title.Summary || len(s.Listed) != 0 ||
				len(s.Items) != marctest.Items || s.Items[1].Barcode != marctest.Barcode(i+1, 1) || s.Items[1].CallNumber != want.Items[1].CallNumber {
				t.Errorf("%s: record %d\n got %+v %+v\nwant %+v", form, i+1, s.Title, s.Items, want.Title)
			}
		}
	}
	if err := marctest.Write(io.Discard, 1, "papyrus"); err == nil {
		t.Error("a form there is none of was written")
	}
}
