package main

import (
	"fmt"
	"time"
)

// What is said of a missed aim: the reason, and what would close it.

// whyRaw splits a check-out into its parts, from the same run.
func whyRaw(c costs) string {
	part := func(d time.Duration) string { return fmt.Sprintf("%.2f ms", float64(d)/float64(time.Millisecond)) }
	whole, engine, one := quantile(c.CheckOut, .5), quantile(c.Engine, .5), quantile(c.OneSync, .5)
	return fmt.Sprintf("The yardstick is a single write and sync; of the check-out's %s the store takes %s (two syncs, encryption, the index in memory, "+
		"a free-space check, the commit number) and %s are spent before it: reading patron, open loans, policies, personal fields and item, "+
		"the rules, encoding, the ledger's hash, and waking the writer's and the engine's goroutines. With one sync the same check-out takes %s. "+
		"What would close it: the one sync (below); "+
		"keeping policies and calendar decoded between check-outs. On a disk slower than this one the processor's share shrinks and only the syncs count.",
		part(whole), part(engine), part(whole-engine), part(one))
}

// whySQLite compares work that is not alike, and says so.
func whySQLite(c costs) string {
	return fmt.Sprintf("SQLite only writes the rows here; the check-out also reads, decides, chains the ledger and encrypts. "+
		"The store alone needs %.2f of SQLite's time for the same rows although it syncs twice where SQLite syncs once. The same steps close it as above.",
		float64(quantile(c.Engine, .5))/float64(quantile(c.SQLite, .5)))
}

const whyTwoSyncs = "With SyncWrites, Badger syncs two files at each commit: the value log (`valueLog.write` ends with a sync, whether or not it wrote) and the " +
	"memtable's log (`writeToLSM`). Every value here is under the value threshold, so the value log is never written and its sync adds no safety: " +
	"durability rests on the memtable's log alone. No option switches that sync off by itself; SyncWrites false with `DB.Sync` at each commit syncs both as well, " +
	"and SyncWrites false alone did not open after a power cut. A disk answers the sync of an unchanged file sooner than that of a changed one (see the machine's lines above); " +
	"the slow disk here delays both alike and so shows the worst case. " +
	"What would close it, smallest first: one condition in Badger (sync the value log only if this batch wrote to it), offered upstream or carried as a patch, " +
	"worth what the experiment rows show; or a journal of our own that is appended and synced once for each commit, with Badger behind it as an index that may lag and is replayed."

const whyWriters = "Waiting check-outs are merged, and after a merged commit the writer waits a moment for those who were in it; what did not come in time waits for the " +
	"next commit (commits for each check-out in the table; one in ten would be the best). " +
	"And where a sync takes a fifth of a millisecond, the processor's part of a check-out, which cannot be merged, is most of the time on two cores. " +
	"What would close it: the processor's part above. The slower the disk, the more merging gains."

// whyCrowded tells from the same runs what grew with the library.
func whyCrowded(t crowdedTimes) string {
	grew := func(large, few []time.Duration) string { return inMS(quantile(large, .5) - quantile(few, .5)) }
	return fmt.Sprintf("What grows is reading, not writing: finding an item and its title, three reads, takes %s longer here, a whole check-out %s. "+
		"The large library lies in %d tables of %d MB together. Their indexes do not all fit into the engine's cache for them, "+
		"so that often one is decrypted and taken apart anew before a record can be looked for, and hardly any block of a record drawn at random is in the cache of blocks. "+
		"With %d MB for indexes a check-out grows by %s (the experiment rows). "+
		"What would close it: caches, first of indexes, then of blocks, that are larger in a large library, at the price of that memory.",
		grew(t.Large.Look, t.Few.Look), grew(t.Large.CheckOut, t.Few.CheckOut), t.Tables, t.Bytes/1_000_000,
		wideIndex>>20, grew(t.Wide.CheckOut, t.FewAgain.CheckOut))
}

// whyReaction splits the reaction into asking Go and drawing, from the same run.
func whyReaction(calls, draws []time.Duration, seen reactions) string {
	var toDocument, browser []time.Duration
	for _, r := range seen.Kiosk {
		toDocument = append(toDocument, fromMS(r.InDocument-*r.Told))
		browser = append(browser, fromMS(r.Style+r.Layout))
	}
	return fmt.Sprintf("The echo changes the page within the key's own turn and is then drawn. The kiosk first asks Go, which records the loan durably: %s at the median. "+
		"Then the page's scripts, style and layout bring the row into the document (%s; style and layout %s of it), and it is drawn without a graphics card, "+
		"on the glass %s after Go's word. A frame comes every 16.7 ms: what does not end within one costs another. "+
		"What would close it: formats of dates that are made once and not at every drawing of every row, drawing only the new row, measuring a list only when it may be full.",
		inMS(quantile(calls, .5)), inMS(quantile(toDocument, .5)), inMS(quantile(browser, .5)), inMS(quantile(draws, .5)))
}

const whyStart = "Opening the library is a small part of the start (last row). " +
	"Most is what the empty window does not do: reading a script of some 290 kB and a style sheet of some 220 kB (nearly all of it the tables of the font subsets, two families; two more follow when the first picture stands), " +
	"the first answers of the bridge, Chinese fonts, and drawing the idle screen without a graphics card. " +
	"What would close it: a smaller first script, fewer font subsets, opening the library while the window comes up. " +
	"Against Chromium: the empty window alone already takes a good part of Chromium's time, so the aim judges the web engine more than the program."

const whyMemory = "Beside the web engine, which the empty window has too, it is the page's scripts, font tables, drawn layers and Chinese fonts in the web process, " +
	"and in our process the store's memtables and caches, what the start needed and the runtime has not yet given back, and the pages of the program file that were read. " +
	"What would close it: font tables by language, fewer layers on the idle screen, smaller memtables, giving memory back after the start."

const whySearch = "A class misses when its queries have neither a rare feature nor many good hits: then candidates are read one by one, which costs more for each than the scan's pass over it. " +
	"What would close it: lists for longer features of that class, or reading such candidates as the scan does."

const whySearchMemory = "Beside the text an index holds the lists of every feature (characters, syllables, pairs of first letters) and each value once. " +
	"What would close it: leaving out the rarest pairs, which little text is read without."

const whySearchReady = "Titles and copies are read from the encrypted store by a core each, then folded and listed on both. What would close it: more cores; decoding only the fields that are searched; writing folded text with the title."

const whyParsing = "Every value is checked, cleaned and copied, so that a record can outlive the buffer it was read from. What would close it: fewer copies of short values."

const whyImportMemory = "What is held grows by 8 to 16 bytes a title, to know records that come twice; the rest is the store's buffers, of which more are in use the more levels its tables have. " +
	"What would close it: fewer tables merged at once."
