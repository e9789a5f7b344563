package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"shuting/app/catalogue"
)

// Main runs the program and returns its exit code: 0 done, 1 not done or not
// consistent, 2 wrong use.
func Main(args []string, page fs.FS, version string) int {
	attachConsole()
	root := commands(page, version, os.Stdout, os.Stdin)
	root.SetArgs(args)
	root.SetOut(os.Stdout)
	root.SetErr(os.Stderr)
	err := root.Execute()
	var use usageError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &use):
		fmt.Fprintf(os.Stderr, "shuting: %v\nTry: shuting --help\n", err)
		return 2
	case errors.Is(err, ErrUnclean):
		return 1
	}
	fmt.Fprintf(os.Stderr, "shuting: %v\n", err)
	return 1
}

// kiosk opens the library and shows it, or shows that the kiosk is closed.
func kiosk(o Options, page fs.FS) error {
	k, err := New(o)
	if err == nil {
		return errors.Join(k.Run(page), k.Close())
	}
	if errors.Is(err, context.Canceled) {
		return nil // told to stop before it was open
	}
	if !showsClosed(err) {
		return err
	}
	why := err
	if k, err = newClosed(o, why); err != nil {
		return errors.Join(why, err)
	}
	err = errors.Join(k.Run(page), k.Close())
	if err == nil && k.again.Load() {
		return startAnew()
	}
	// The start failed, whatever became of the window.
	return errors.Join(why, err)
}

type usageError struct{ error }

func commands(page fs.FS, version string, out io.Writer, in io.Reader) *cobra.Command {
	o := Options{Version: version, Out: out}
	// A kiosk is started from the desktop or a shortcut, also on Windows.
	cobra.MousetrapHelpText = ""
	root := &cobra.Command{
		Use:   "shuting",
		Short: "Self-service kiosk of a public library",
		Long: "Shuting 书亭: self-service kiosk of a public library.\n\n" +
			"Without a command it opens the kiosk. The library lies in one data folder; its keys lie in a folder of their own beside it.",
		Example: "  shuting --demo                 open the kiosk with the demo library\n" +
			"  shuting --config kiosk.toml    open the kiosk with its settings\n" +
			"  shuting import books.mrc       bring a catalogue file in (kiosk stopped)\n" +
			"  shuting check                  prove that the library is consistent (kiosk stopped)",
		Args:              noArgs,
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		RunE: func(*cobra.Command, []string) error {
			return kiosk(o, page)
		},
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.PersistentFlags().StringVar(&o.DataDir, "data", "", "data folder of the library (default: the settings' or the platform's own)")
	root.PersistentFlags().StringVar(&o.ConfigFile, "config", "", "settings of this kiosk, a TOML file (every key has a default)")
	root.PersistentFlags().BoolVar(&o.Demo, "demo", false, "use the demo library, in a data folder of its own")
	root.Flags().BoolVar(&o.Windowed, "windowed", false, "open a window with a frame instead of the whole screen")
	root.AddCommand(importCommand(&o), checkCommand(&o), keysCommand(&o, in), settingsCommand(out), versionCommand(version, out))
	root.SetHelpCommand(&cobra.Command{Hidden: true})
	return root
}

func noArgs(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError{fmt.Errorf("unknown command %q", args[0])}
	}
	return nil
}

// cancelled is a context that ends when the program is told to stop.
func cancelled() (context.Context, context.CancelFunc) {
	return signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
}

func importCommand(o *Options) *cobra.Command {
	var how How
	var example, rules bool
	var policies string
	var dry sampleCount
	cmd := &cobra.Command{
		Use:   "import FILE…",
		Short: "Bring catalogue files (MARC, MARCXML, CSV, XLSX) or lending rules into the library",
		Long: "Brings titles and items of catalogue files in: MARC21, CNMARC and UNIMARC in ISO 2709 or XML, and tables (CSV, XLSX) with a header\n" +
			"in Chinese or English. What a file is, its flavour and its character set are found out, for each record where they can change.\n" +
			"What cannot be brought in is listed with its number, offset and reason. The same file again doubles nothing; an import that\n" +
			"was stopped continues when it is started again.\n\n" +
			"With --policies it brings lending rules and closed days in instead, all or nothing, and prints what that changes.",
		Example: "  shuting import --dry-run 5 books.mrc          show the first five records, write nothing\n" +
			"  shuting import --print-mapping > mapping.toml write down which fields are used, to change it\n" +
			"  shuting import --mapping mapping.toml books.mrc\n" +
			"  shuting import --print-policies > rules.toml  write down the lending rules in force, to change them\n" +
			"  shuting import --policies rules.toml --dry-run show what would change, write nothing\n" +
			"  shuting import --policies rules.toml",
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case policies != "" && len(args) > 0:
				return usageError{errors.New("import: --policies brings in no catalogue files beside")}
			case policies != "" && dry.n > 0:
				return usageError{errors.New("--dry-run: takes no number with --policies")}
			case policies != "" || example || rules:
				return nil
			}
			files, err := dry.take(args)
			if err == nil && len(files) == 0 {
				err = usageError{errors.New("import: name at least one file")}
			}
			return err
		},
		RunE: func(_ *cobra.Command, args []string) error {
			ctx, stop := cancelled()
			defer stop()
			switch {
			case example:
				_, err := o.Out.Write(catalogue.MappingExample())
				return err
			case rules:
				return PrintPolicies(ctx, *o)
			case policies != "":
				return ImportPolicies(ctx, *o, policies, dry.alone)
			}
			files, err := dry.take(args)
			if err != nil {
				return err
			}
			how.DryRun = dry.n
			return Import(ctx, *o, how, files)
		},
	}
	f := cmd.Flags()
	f.StringVar(&how.Flavour, "flavour", "auto", "auto, marc21 or cnmarc (also UNIMARC)")
	f.StringVar(&how.Charset, "charset", "auto", "auto, "+charsets())
	f.StringVar(&how.Kind, "kind", "auto", "auto, iso2709, marcxml, csv or xlsx")
	f.StringVar(&how.Mapping, "mapping", "", "which fields fill what, a TOML file (see --print-mapping)")
	f.Var(&dry, "dry-run", "show the first N records as they would come in (with --policies: what would change), and write nothing")
	f.Lookup("dry-run").NoOptDefVal = countFollows
	f.BoolVar(&example, "print-mapping", false, "print the built-in mapping as a commented file, and do nothing else")
	f.StringVar(&policies, "policies", "", "bring lending rules in, a TOML file (see --print-policies)")
	f.BoolVar(&rules, "print-policies", false, "print the lending rules in force as a commented file, and do nothing else")
	return cmd
}

func checkCommand(o *Options) *cobra.Command {
	return &cobra.Command{
		Use:   "check",
		Short: "Walk the whole library and prove that it is consistent",
		Long:  "Walks every file and record: each loan has its item and patron, no item is lent twice, counters equal what they count, the ledger's chain is unbroken.\nExit code 1 and a list if not.",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			ctx, stop := cancelled()
			defer stop()
			return Check(ctx, *o)
		},
	}
}

func keysCommand(o *Options, in io.Reader) *cobra.Command {
	return &cobra.Command{
		Use:   "restore-keys",
		Short: "Make the folder of the keys anew from the recovery code",
		Long:  "Asks for the recovery code (on standard input, so that it stays out of the shell's history) and makes the folder of the keys anew.",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			fmt.Fprint(o.Out, "Recovery code: ")
			var parts []string
			var line [256]byte
			n, err := in.Read(line[:])
			if err != nil && !errors.Is(err, io.EOF) {
				return fmt.Errorf("read the recovery code: %w", err)
			}
			parts = strings.Fields(string(line[:n]))
			return RestoreKeys(*o, strings.Join(parts, "-"))
		},
	}
}

func versionCommand(version string, out io.Writer) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Args: noArgs,
		Run: func(*cobra.Command, []string) {
			fmt.Fprintf(out, "shuting %s (%s, %s/%s)\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
		},
	}
}
