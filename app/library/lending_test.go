package library

import "testing"

func TestALoanAnswerIsDoneOnlyWithoutReasons(t *testing.T) {
	if !(LoanAnswer{Known: true}).Done() {
		t.Error("an answer without reasons is not done")
	}
	if (LoanAnswer{Known: true, Reasons: []Reason{{Code: ItemHasParts, Mark: Ask}}}).Done() {
		t.Error("an answer that still asks is done")
	}
}
