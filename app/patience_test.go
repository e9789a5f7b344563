package app

import (
	"os"
	"regexp"
	"strconv"
	"testing"
	"time"
)

func TestAccept_L05_the_page_waits_longer_than_a_call_may_take(t *testing.T) {
	page, err := os.ReadFile("../frontend/src/api/kiosk.ts")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`(?m)^export const callTimeout = (\d+)$`).FindSubmatch(page)
	if found == nil {
		t.Fatal("the page's time-out is not where it was")
	}
	ms, err := strconv.Atoi(string(found[1]))
	if err != nil {
		t.Fatal(err)
	}
	// A second for the way there and back.
	if wait := time.Duration(ms) * time.Millisecond; patience+time.Second > wait {
		t.Errorf("a call may take %v, the page waits %v", patience, wait)
	}
}
