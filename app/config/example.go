package config

import (
	"bytes"
	_ "embed"
)

//go:embed shuting.example.toml
var example []byte

// Example returns a settings file that names every key with its meaning, unit,
// default and allowed values. All keys are commented out, so the file as it is
// means the defaults. The caller owns the copy.
func Example() []byte { return bytes.Clone(example) }
