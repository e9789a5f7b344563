package badgerstore

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// mounted is a small file system of its own below a temporary folder. The error
// says why this machine does not allow it.
func mounted(tb testing.TB, kind string) (disk, error) {
	root := tb.TempDir()
	dir := filepath.Join(root, "mount")
	if err := os.Mkdir(dir, 0o700); err != nil {
		return disk{}, err
	}
	commands := [][]string{{"mount", "-t", "tmpfs", "-o", "size=320m", "shuting-test", dir}}
	if kind == "ext4" {
		image := filepath.Join(root, "image")
		if err := os.WriteFile(image, nil, 0o600); err != nil {
			return disk{}, err
		}
		if err := os.Truncate(image, 360<<20); err != nil {
			return disk{}, err
		}
		commands = [][]string{{"mkfs.ext4", "-q", "-F", "-m", "0", image}, {"mount", "-o", "loop", image, dir}}
	}
	for _, c := range commands {
		if out, err := exec.Command(c[0], c[1:]...).CombinedOutput(); err != nil {
			tb.Logf("%v: %s", c, out)
			return disk{}, err
		}
	}
	tb.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			tb.Errorf("umount: %v: %s", err, out)
			_ = exec.Command("umount", "-l", dir).Run()
		}
	})
	filler := filepath.Join(dir, "filler")
	return disk{
		dir: dir,
		fill: func(tb testing.TB) {
			if err := fillFile(filler); err != nil {
				tb.Fatal(err)
			}
		},
		clear: func(tb testing.TB) {
			if err := os.Remove(filler); err != nil {
				tb.Fatal(err)
			}
		},
		free: freeSpace,
	}, nil
}

func TestAccept_L11_on_a_disk_that_really_fills_up(t *testing.T) {
	for _, kind := range []string{"tmpfs", "ext4"} {
		t.Run(kind, func(t *testing.T) {
			d, err := mounted(t, kind)
			if err != nil {
				t.Logf("NO REAL DISK WAS FILLED: this machine does not allow mounting a small %s (%v); shown with made-up free space instead", kind, err)
				d = pretended(t)
				lendUntilRefused(t, d)
				closeOnFull(t, d, "pretend "+d.dir)
				return
			}
			lendUntilRefused(t, d)
		})
		t.Run(kind+", closing", func(t *testing.T) {
			d, err := mounted(t, kind)
			if err != nil {
				return // told above
			}
			closeOnFull(t, d, d.dir)
		})
	}
}
