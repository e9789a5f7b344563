package app

import (
	"io"

	"github.com/spf13/cobra"

	"shuting/app/config"
)

// settingsCommand prints the commented example, the one place that names every
// key: a technician redirects it into the kiosk's own file.
func settingsCommand(out io.Writer) *cobra.Command {
	return &cobra.Command{
		Use: "settings", Short: "Print a commented settings file with every key", Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := out.Write(config.Example())
			return err
		},
	}
}
