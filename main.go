// Shuting 书亭 is the self-service kiosk of a public library as one program.
package main

import (
	"embed"
	"io/fs"
	"os"

	"shuting/app"
)

//go:embed all:frontend/dist
var page embed.FS

// version is set when a release is built.
var version = "development"

func main() {
	dist, err := fs.Sub(page, "frontend/dist")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	os.Exit(app.Main(os.Args[1:], dist, version))
}
