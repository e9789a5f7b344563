package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite" // the driver of the yardstick
)

// rawFile is the least a durable write can be: append to a file, then fsync.
type rawFile struct {
	file *os.File
	buf  []byte
}

func openRaw(dir string) (*rawFile, error) {
	f, err := os.OpenFile(filepath.Join(dir, "raw"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	return &rawFile{file: f}, nil
}

// append writes n bytes at the end and makes them durable.
func (r *rawFile) append(n int) error {
	for len(r.buf) < n {
		r.buf = append(r.buf, byte(len(r.buf)*7+1))
	}
	if _, err := r.file.Write(r.buf[:n]); err != nil {
		return err
	}
	return r.file.Sync()
}

func (r *rawFile) close() error { return r.file.Close() }

// table is a key-value table in SQLite with the strictest setting that uses its
// write-ahead log: synchronous=FULL makes each commit durable.
type table struct {
	db       *sql.DB
	put, del *sql.Stmt
}

func openTable(ctx context.Context, dir string) (*table, error) {
	dsn := "file:" + filepath.Join(dir, "kv.sqlite") + "?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_txlock=immediate"
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	t := &table{db: db}
	if err := t.prepare(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return t, nil
}

func (t *table) prepare(ctx context.Context) (err error) {
	if _, err = t.db.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS kv (k BLOB PRIMARY KEY, v BLOB NOT NULL) WITHOUT ROWID"); err != nil {
		return err
	}
	var mode string
	var synchronous int
	if err = t.db.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&mode); err != nil {
		return err
	}
	if err = t.db.QueryRowContext(ctx, "PRAGMA synchronous").Scan(&synchronous); err != nil {
		return err
	}
	if mode != "wal" || synchronous != 2 {
		return fmt.Errorf("sqlite: journal_mode %s, synchronous %d: not the yardstick that was meant", mode, synchronous)
	}
	if t.put, err = t.db.PrepareContext(ctx, "INSERT INTO kv (k, v) VALUES (?, ?) ON CONFLICT (k) DO UPDATE SET v = excluded.v"); err != nil {
		return err
	}
	t.del, err = t.db.PrepareContext(ctx, "DELETE FROM kv WHERE k = ?")
	return err
}

// apply makes the given writes in one transaction.
func (t *table) apply(ctx context.Context, ws []write) error {
	tx, err := t.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	put, del := tx.StmtContext(ctx, t.put), tx.StmtContext(ctx, t.del)
	for _, w := range ws {
		if w.Delete {
			_, err = del.ExecContext(ctx, w.Key)
		} else {
			_, err = put.ExecContext(ctx, w.Key, w.Value)
		}
		if err != nil {
			return errors.Join(err, tx.Rollback())
		}
	}
	return tx.Commit()
}

func (t *table) close() error { return t.db.Close() }
