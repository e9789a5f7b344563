package main

import (
	"fmt"
	"reflect"
	"unsafe"

	"shuting/app/store/badgerstore"
)

// muteValueLog makes an open engine sync only its memtable log at a commit and
// not its value log, in which badgerstore lets nothing be written. It is an
// experiment that shows what one line in the engine would be worth. There is no
// option for it, so it reaches into the engine's private fields; the program
// itself never does. Call it while nothing is being written.
func muteValueLog(s *badgerstore.Store) error {
	flag := reflect.ValueOf(s)
	for _, name := range []string{"db", "vlog", "opt", "SyncWrites"} {
		if flag.Kind() == reflect.Pointer {
			flag = flag.Elem()
		}
		if flag.Kind() != reflect.Struct || !flag.FieldByName(name).IsValid() {
			return fmt.Errorf("the engine no longer has %q where it was: this experiment needs a look", name)
		}
		flag = flag.FieldByName(name)
	}
	if flag.Kind() != reflect.Bool || !flag.Bool() {
		return fmt.Errorf("the value log is not synced at commits any more: this experiment has nothing to show")
	}
	*(*bool)(unsafe.Pointer(flag.UnsafeAddr())) = false
	return nil
}
