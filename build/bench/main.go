package main

import (
	"context"
	"fmt"
	"os"
)

func main() {
	ctx := context.Background()
	if len(os.Args) > 1 && os.Args[1] == childWord {
		if err := runChild(ctx, os.Args[2:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	work, _ := os.MkdirTemp("../out", "bench-")
	defer os.RemoveAll(work)
	var c costs
	for _, sl := range [][]string{nil, slowDisk()} {
		n := 600
		if sl != nil {
			n = 60
		}
		c = costs{}
		if err := child(ctx, work, "costs", n, sl, &c); err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(c.Bytes, c.Rows, quantile(c.CheckOut, .5), quantile(c.OneSync, .5), quantile(c.Engine, .5), quantile(c.Raw, .5), quantile(c.SQLite, .5))
		fmt.Println(ratio(c.CheckOut, c.Raw, 5), ratio(c.OneSync, c.Raw, 5), ratio(c.CheckOut, c.SQLite, 5))
	}
	var t throughput
	for _, sl := range [][]string{nil, slowDisk()} {
		t = throughput{}
		if err := child(ctx, work, "writers", 10, sl, &t); err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(quantile(t.One, .5), quantile(t.Ten, .5), ratio(t.One, t.Ten, 5), t.Commits)
	}
	s, err := countSyncs(ctx, work, 100)
	fmt.Println(s, err)
}
