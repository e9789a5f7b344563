package badgerstore

// childModes is what a child process of the tests can do, by name.
var childModes = map[string]func(arg string) error{}
