package window

import "net/url"

// The modifier bits of GDK that turn a key into a command. Shift, Caps Lock, Num
// Lock and AltGr are not among them: they belong to typing.
const (
	modControl = 1 << 2
	modAlt     = 1 << 3
	modMod4    = 1 << 6
	modSuper   = 1 << 26
	modHyper   = 1 << 27
	modMeta    = 1 << 28

	modCommand = modControl | modAlt | modMod4 | modSuper | modHyper | modMeta
)

// editingKeys are the X key symbols outside printable text that the page needs:
// editing, moving the focus, and what scanners send at the end of a code.
var editingKeys = map[uint]bool{
	0xff08: true, // BackSpace
	0xff09: true, // Tab
	0xff0a: true, // Linefeed
	0xff0d: true, // Return
	0xff1b: true, // Escape
	0xffff: true, // Delete
	0xfe20: true, // Shift+Tab
	0xfe03: true, // AltGr
	0xff7f: true, // Num Lock
	0xffe1: true, // Shift, left
	0xffe2: true, // Shift, right
	0xffe5: true, // Caps Lock
	0xff8d: true, // Enter of the number pad
	0xff9f: true, // Delete of the number pad
}

// keyAllowed tells whether a key may reach the page. Only typing and moving
// about may; every command key, function key and media key stays outside, so a
// shortcut that a later web view invents is shut out too.
func keyAllowed(symbol, modifiers uint) bool {
	if modifiers&modCommand != 0 {
		return false
	}
	switch {
	case editingKeys[symbol]:
		return true
	case symbol >= 0x20 && symbol < 0xfd00: // text in the older key symbol sets
		return true
	case symbol >= 0x01000100 && symbol <= 0x0110ffff: // text as Unicode
		return true
	case symbol >= 0xff50 && symbol <= 0xff57: // Home, arrows, Page Up and Down, End
		return true
	case symbol >= 0xff95 && symbol <= 0xff9d: // the same on the number pad
		return true
	case symbol >= 0xffaa && symbol <= 0xffb9: // operators and digits of the number pad
		return true
	}
	return false
}

// navigationAllowed tells whether the page may go to target: only to an address
// on one of the allowed origins.
func navigationAllowed(target string, allowed []string) bool {
	origin := originOf(target)
	if origin == "" {
		return false
	}
	for _, a := range allowed {
		if originOf(a) == origin {
			return true
		}
	}
	return false
}

// originOf returns "scheme://host[:port]" of an address, or "" if it has none
// (about:, data:, blob: and javascript: addresses, for instance).
func originOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme == "" || u.Host == "" || u.User != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}
