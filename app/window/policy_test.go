package window

import "testing"

func TestAccept_L05_only_typing_reaches_the_page(t *testing.T) {
	const shift, altGr, numLock = 1 << 0, 1 << 7, 1 << 4
	tests := []struct {
		name      string
		symbol    uint
		modifiers uint
		want      bool
	}{
		{"digit", '7', 0, true},
		{"digit with Num Lock on", '7', numLock, true},
		{"capital letter", 'R', shift, true},
		{"sign typed with AltGr", '@', altGr, true},
		{"Chinese character", 0x01004e66, 0, true},
		{"Return", 0xff0d, 0, true},
		{"Enter of the number pad", 0xff8d, 0, true},
		{"digit of the number pad", 0xffb5, numLock, true},
		{"Shift itself", 0xffe1, 0, true},
		{"Tab", 0xff09, 0, true},
		{"left arrow", 0xff51, 0, true},
		{"Alt+left arrow", 0xff51, modAlt, false},
		{"Alt+right arrow", 0xff53, modAlt, false},
		{"Alt+F4", 0xffc1, modAlt, false},
		{"F1", 0xffbe, 0, false},
		{"F5", 0xffc2, 0, false},
		{"F11", 0xffc8, 0, false},
		{"F12", 0xffc9, 0, false},
		{"PF1 of the number pad", 0xff91, 0, false},
		{"Ctrl+R", 'r', modControl, false},
		{"Ctrl+P", 'p', modControl, false},
		{"Ctrl+F", 'f', modControl, false},
		{"Ctrl+Shift+I", 'I', modControl | shift, false},
		{"Ctrl+plus", '+', modControl, false},
		{"Ctrl+minus", '-', modControl, false},
		{"Ctrl+0", '0', modControl, false},
		{"Ctrl+A", 'a', modControl, false},
		{"Super", 0xffeb, 0, false},
		{"Super+L", 'l', modSuper, false},
		{"Alt itself", 0xffe9, 0, false},
		{"menu key", 0xff67, 0, false},
		{"print key", 0xff61, 0, false},
		{"browser's back key", 0x1008ff26, 0, false},
		{"refresh key", 0x1008ff29, 0, false},
		{"compose key", 0xff20, 0, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := keyAllowed(test.symbol, test.modifiers); got != test.want {
				t.Errorf("allowed = %v, want %v", got, test.want)
			}
		})
	}
}

func TestAccept_L05_no_navigation_away(t *testing.T) {
	allowed := []string{"wails://wails/", "http://127.0.0.1:34115"}
	tests := []struct {
		target string
		want   bool
	}{
		{"wails://wails/", true},
		{"wails://wails/index.html#/borrow", true},
		{"http://127.0.0.1:34115/", true},
		{"http://127.0.0.1:34116/", false},
		{"https://127.0.0.1:34115/", false},
		{"wails://other/", false},
		{"wails://wails@example.org/", false},
		{"wails://wails.example.org/", false},
		{"https://example.org/wails://wails/", false},
		{"file:///etc/passwd", false},
		{"about:blank", false},
		{"data:text/html,hello", false},
		{"javascript:alert(1)", false},
		{"blob:wails://wails/1", false},
		{"", false},
		{"%zz", false},
	}
	for _, test := range tests {
		t.Run(test.target, func(t *testing.T) {
			if got := navigationAllowed(test.target, allowed); got != test.want {
				t.Errorf("allowed = %v, want %v", got, test.want)
			}
		})
	}
}
