package config

// field is one key of the file with its full dotted name.
type field struct {
	key string
	rule
}

// fields lists every key there is, in the order of the example file, bound to
// c. It is the one place a key is added, beside the struct and the example; a
// test holds the three together.
func fields(c *Config) []field {
	return []field{
		{"kiosk.id", shaped(&c.Kiosk.ID, "1 to 16 of a-z, 0-9 and -", `\A[a-z0-9-]{1,16}\z`)},
		{"kiosk.place.zh-Hans", name(&c.Kiosk.Place.Hans, true)},
		{"kiosk.place.zh-Hant", name(&c.Kiosk.Place.Hant, true)},
		{"kiosk.place.en", name(&c.Kiosk.Place.En, true)},
		{"kiosk.branch", shaped(&c.Kiosk.Branch, "1 to 32 of A-Z, a-z, 0-9, ., _ and -", `\A[A-Za-z0-9._-]{1,32}\z`)},
		{"kiosk.mode", oneOf(&c.Kiosk.Mode, ModeAdult)},

		{"library.name.zh-Hans", name(&c.Library.Name.Hans, false)},
		{"library.name.zh-Hant", name(&c.Library.Name.Hant, false)},
		{"library.name.en", name(&c.Library.Name.En, false)},
		{"library.seal", seal(&c.Library.Seal)},
		{"library.time_zone", timeZone(&c.Library.TimeZone)},

		{"screen.diagonal", number(&c.Screen.Diagonal, 10, 100, "inches")},
		{"screen.bottom_mm", integer(&c.Screen.BottomMM, 0, 1600, "mm")},
		{"screen.windowed", flag(&c.Screen.Windowed)},

		{"language.default", oneOf(&c.Language.Default, SimplifiedChinese, TraditionalChinese, English)},
		{"language.offered", someOf(&c.Language.Offered, SimplifiedChinese, TraditionalChinese, English)},

		{"sound.volume", number(&c.Sound.Volume, 0, 1, "")},
		{"sound.mute", flag(&c.Sound.Mute)},

		{"data.dir", path(&c.Data.Dir, "folder")},
		{"data.keys", path(&c.Data.Keys, "folder")},
		{"data.min_free_mib", integer(&c.Data.MinFreeMiB, 100, 1_000_000, "MiB")},

		{"sign_in.pin", oneOf(&c.SignIn.PIN, PINNever, PINAlways)},
		{"sign_in.pin_free_tries", integer(&c.SignIn.PINFreeTries, 0, 10, "tries")},
		{"sign_in.pin_delay_seconds", seconds(&c.SignIn.PINDelay, 1, 60)},
		{"sign_in.pin_delay_max_seconds", seconds(&c.SignIn.PINDelayMax, 1, 86_400)},

		{"visit.warn_seconds", seconds(&c.Visit.Warn, 10, 600)},
		{"visit.end_seconds", seconds(&c.Visit.End, 30, 900)},
		{"visit.goodbye_seconds", seconds(&c.Visit.Goodbye, 3, 60)},
		{"visit.second_scan_seconds", seconds(&c.Visit.SecondScan, 1, 600)},

		{"scan.card_pattern", pattern(&c.Scan.CardPattern)},
		{"scan.item_pattern", pattern(&c.Scan.ItemPattern)},
		{"scan.max_length", integer(&c.Scan.MaxLength, 8, 512, "characters")},
		{"scan.card_check_digit", flag(&c.Scan.CardCheckDigit)},

		{"return.at_idle", oneOf(&c.Return.AtIdle, AtIdleAsk, AtIdleReturn)},

		{"printer.kind", oneOf(&c.Printer.Kind, PrinterNone, PrinterNetwork, PrinterFile, PrinterSerial)},
		{"printer.address", device(&c.Printer.Address, "host:port, the full path of a device, or the name of a port")},
		{"printer.baud", listed(&c.Printer.Baud, Bauds...)},
		{"printer.columns", listed(&c.Printer.Columns, 32, 42, 48)},
		{"printer.chinese", oneOf(&c.Printer.Chinese, ChineseGB18030, ChineseRaster)},
		{"printer.slips", flag(&c.Printer.Slips)},

		{"scanner.port", device(&c.Scanner.Port, "the name of a serial port")},
		{"scanner.baud", listed(&c.Scanner.Baud, Bauds...)},

		{"log.level", oneOf(&c.Log.Level, LogDebug, LogInfo, LogWarn, LogError)},
		{"log.file", path(&c.Log.File, "file")},
		{"log.keep_days", integer(&c.Log.KeepDays, 1, 3650, "days")},
	}
}
