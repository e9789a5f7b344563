// Package scannertest is a barcode scanner on a serial line that is not there: a
// pseudo-terminal under a name of its own, which can be unplugged and plugged in
// again. The program opens it with the real serial driver. Linux only; it has no
// speed and loses nothing, so it shows nothing of noise on a cable.
package scannertest
