// Package print makes every document and printed code of the kiosk. What it
// returns are bytes or plain descriptions; devices and the page draw them.
//
// Receipt and Slip give jobs for a receipt printer in ESC/POS, as Epson and most
// other makers speak it, for paper of 32, 42 or 48 columns. Chinese is sent as
// GB 18030 text; a line that holds what such printers lack is sent as a picture
// from a font of its own, and every line beyond ASCII is when the printer lacks
// Chinese. What no font has prints as 〓, never as nothing.
//
// A receipt is left lying about: no document carries a name, and one with a card
// number that is not masked is refused.
//
// # Limits
//
// Page mode, colours and two-sided slips are not spoken. Right-to-left and
// stacked scripts are not shaped: their letters print as 〓. Characters are drawn
// in their mainland forms.
package print
