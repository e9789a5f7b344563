// Package badgerstore keeps the kiosk's data in an encrypted Badger database
// and refuses to open anything it cannot vouch for.
//
// Badger alone opens a folder without its MANIFEST as an empty database and
// deletes the tables, cuts a log at the first bad byte without a word, and dies
// on a full disk. So this package puts three guards around it:
//
//   - A preflight reads every file Badger would trust (manifest, key registry,
//     tables, memtable logs) without changing one byte, and compares what they
//     hold with two records of our own: the sentinel (whose library is this) and
//     the watermark (how many commits were acknowledged). A folder that is
//     damaged, half copied, emptied, of another library or locked with another
//     key is refused with an *OpenError that names the remedy.
//   - A floor of free disk space, under which Update answers store.ErrNoSpace.
//   - A stop for good (store.ErrFailed) once the engine reports an error while
//     committing, because what it holds in memory can no longer be trusted.
//
// Layout. Options.Dir holds shuting.json (sentinel), watermark and store/
// (Badger's files). Options.KeysDir, a folder of its own so that an emptied data
// folder is noticed, holds store.key, seal.key, library.json and, until the
// recovery code was acknowledged, recovery.pending. Both keys derive from the
// recovery code (HKDF-SHA256, library id as salt), so the code alone brings them
// back (RestoreKeys).
//
// Numbered commits. Every commit writes its number under a key of our own, in
// the same transaction. The logs must hold an unbroken run of numbers that ends
// at or after the watermark. The watermark reaches the page cache with every
// acknowledgement (exact after the death of the process) and the disk within
// about two seconds (after a power cut it may lag, never lead).
//
// Cost at start: the logs (at most about 25 MiB) and the tables up to
// Options.VerifyAtOpen are read, decrypted and checked in full, roughly a second
// for each GiB on the processor plus the reading itself. Tables beyond that are
// checked for presence, size and index at once and block by block in the
// background; damage found there stops the store.
//
// Limits: one process at a time. A file system that lies about fsync cannot be
// helped. On Windows the engine's msync does not reach the disk, so after a
// power cut (not after a crash of the process) the last commits may be missing;
// the watermark then says how many. Someone who can write both folders can put
// back an older copy of both unnoticed.
package badgerstore
