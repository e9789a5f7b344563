package main

import (
	"errors"
	"fmt"
	"reflect"
	"unsafe"

	"shuting/app/store/badgerstore"
)

// wideIndex is what an experiment gives the engine's cache of the tables'
// indexes, in bytes.
const wideIndex = 128 << 20

// widenIndexCache lets an open engine keep more of its tables' indexes than the
// program's options allow. Like muteValueLog it is an experiment that shows what
// an option would be worth, and reaches into private fields; the program never
// does.
func widenIndexCache(s *badgerstore.Store, bytes int64) error {
	cache := reflect.ValueOf(s)
	for _, name := range []string{"db", "indexCache"} {
		cache = cache.Elem().FieldByName(name)
		if !cache.IsValid() || cache.Kind() != reflect.Pointer || cache.IsNil() {
			return fmt.Errorf("the engine no longer has %q where it was: this experiment needs a look", name)
		}
	}
	// Read anew by its address: a value of a private field has no methods.
	sized, ok := reflect.NewAt(cache.Type(), unsafe.Pointer(cache.UnsafeAddr())).Elem().Interface().(interface {
		MaxCost() int64
		UpdateMaxCost(maxCost int64)
	})
	if !ok {
		return errors.New("the engine's cache of indexes cannot be made wider any more: this experiment needs a look")
	}
	if sized.MaxCost() >= bytes {
		return fmt.Errorf("the engine's cache of indexes has %d bytes already: this experiment has nothing to show", sized.MaxCost())
	}
	sized.UpdateMaxCost(bytes)
	return nil
}
