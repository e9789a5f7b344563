package badgerstore

import (
	"errors"
	"fmt"
)

// Code names one reason for refusing to open a library. Codes are stable: the
// page translates them.
type Code string

// The reasons.
const (
	CodeInUse            Code = "store_in_use"
	CodeNoLibrary        Code = "store_no_library"
	CodeNoSpace          Code = "store_no_space_to_start"
	CodeFolder           Code = "store_folder_unusable"
	CodeDataEmptied      Code = "store_data_emptied"
	CodeSentinelMissing  Code = "store_sentinel_missing"
	CodeSentinelDamaged  Code = "store_sentinel_damaged"
	CodeNewerFormat      Code = "store_newer_format"
	CodeFilesMissing     Code = "store_files_missing"
	CodeManifestMissing  Code = "store_manifest_missing"
	CodeManifestDamaged  Code = "store_manifest_damaged"
	CodeRegistryMissing  Code = "store_registry_missing"
	CodeRegistryDamaged  Code = "store_registry_damaged"
	CodeTableMissing     Code = "store_table_missing"
	CodeTableDamaged     Code = "store_table_damaged"
	CodeLogDamaged       Code = "store_log_damaged"
	CodeCommitsLost      Code = "store_commits_lost"
	CodeWatermarkMissing Code = "store_watermark_missing"
	CodeWatermarkDamaged Code = "store_watermark_damaged"
	CodeKeysMissing      Code = "store_keys_missing"
	CodeKeyDamaged       Code = "store_key_damaged"
	CodeKeysExposed      Code = "store_keys_exposed"
	CodeKeysOther        Code = "store_keys_of_another_library"
	CodeWrongKey         Code = "store_wrong_key"
	CodeEngine           Code = "store_engine_refused"
)

// Errors to tell groups of refusals apart with errors.Is.
var (
	// ErrInUse: another process has this library open.
	ErrInUse = errors.New("badgerstore: the library is open in another process")
	// ErrDamaged: files are missing, cut or changed. Nothing was altered; a
	// backup is needed.
	ErrDamaged = errors.New("badgerstore: the data folder is damaged")
	// ErrKeys: the keys are missing, damaged, exposed or of another library.
	ErrKeys = errors.New("badgerstore: the keys do not fit")
)

// OpenError says why a library was not opened. The folders are as they were.
type OpenError struct {
	Code Code
	Path string // the file or folder concerned
	What string // what was found
	Todo string // what a technician can do now
	Lost uint64 // acknowledged commits known to be missing, if any
	Err  error  // the cause below, may be nil
}

func (e *OpenError) Error() string {
	msg := fmt.Sprintf("%s: %s (%s)", e.Code, e.What, e.Path)
	if e.Err != nil {
		msg += ": " + e.Err.Error()
	}
	return msg + ". " + e.Todo
}

func (e *OpenError) Unwrap() error { return e.Err }

// Is groups the codes under ErrInUse, ErrDamaged and ErrKeys.
func (e *OpenError) Is(target error) bool {
	switch e.Code {
	case CodeInUse:
		return target == ErrInUse
	case CodeKeysMissing, CodeKeyDamaged, CodeKeysExposed, CodeKeysOther, CodeWrongKey:
		return target == ErrKeys
	case CodeNoSpace, CodeFolder, CodeNewerFormat, CodeEngine:
		return false
	default:
		return target == ErrDamaged
	}
}

const (
	todoBackup   = "Nothing was changed. Restore the folder from a backup, or copy it again completely from its source while no kiosk has it open"
	todoNewer    = "Start the newer program this library was last used with, or restore a backup from before"
	todoWrongKey = "Put the keys of this library back; if they are the right ones, restore the folder from a backup"
	todoRecover  = "Put the folder of the keys back, or run 'shuting restore-keys' with the recovery code shown at the first start"
)

func refuse(code Code, path, todo, what string, args ...any) *OpenError {
	return &OpenError{Code: code, Path: path, Todo: todo, What: fmt.Sprintf(what, args...)}
}

// damaged is refuse with the remedy that most damage has.
func damaged(code Code, path, what string, args ...any) *OpenError {
	return refuse(code, path, todoBackup, what, args...)
}

func inUse(dir string) *OpenError {
	return refuse(CodeInUse, dir, "Close the other window, or wait until it has ended", "another process has this library open")
}

func (e *OpenError) because(err error) *OpenError {
	e.Err = err
	return e
}
