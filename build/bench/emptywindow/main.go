// Emptywindow is a yardstick of `make bench`: the least a window of this kind
// can be, a page with one word and nothing behind it, with the same window
// options as the kiosk.
package main

import (
	"embed"
	"fmt"
	"io/fs"
	"os"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/logger"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
)

//go:embed page
var page embed.FS

func main() {
	assets, err := fs.Sub(page, "page")
	if err == nil {
		err = wails.Run(&options.App{
			Title: "empty", Width: 1080, Height: 1920, WindowStartState: options.Fullscreen, Frameless: true,
			AssetServer: &assetserver.Options{Assets: assets},
			LogLevel:    logger.ERROR, LogLevelProduction: logger.ERROR,
			Linux: &linux.Options{WebviewGpuPolicy: linux.WebviewGpuPolicyNever, ProgramName: "emptywindow"},
		})
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "emptywindow:", err)
		os.Exit(1)
	}
}
