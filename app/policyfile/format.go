package policyfile

import (
	"fmt"
	"strings"

	"shuting/app/library"
)

// Format writes terms as a file that Parse reads as the same.
func Format(t library.Terms) string {
	var b strings.Builder
	b.WriteString(`# Lending rules of the library. Change what differs, look with
#   shuting import --policies FILE --dry-run
# and bring it in without --dry-run. The file is the whole truth: a row or a day
# that is not in it is gone afterwards. A key left out of a row has its default.

`)
	b.WriteString("# A due date or the last day of a hold that falls on a closed day moves to the\n# next open one.\n[calendar]\n")
	fmt.Fprintf(&b, "# Allowed: %s\n%s = [", strings.Join(weekdays, ", "), closedWeekdays)
	var names []string
	for _, w := range t.Calendar.ClosedWeekdays {
		names = append(names, `"`+strings.ToLower(w.String())+`"`)
	}
	b.WriteString(strings.Join(names, ", ") + "]\n")
	fmt.Fprintf(&b, "# Days as 2026-10-01\n%s = [", closedDates)
	for _, d := range t.Calendar.ClosedDates {
		b.WriteString("\n  " + d.String() + ",")
	}
	if len(t.Calendar.ClosedDates) > 0 {
		b.WriteString("\n")
	}
	b.WriteString("]\n")
	formatHours(&b, t.Calendar)
	b.WriteString("\n# The matrix: of all rows that fit a reader, an item and the kiosk's branch, the one\n" +
		"# that names most columns counts; of equals category before item_type before branch.\n# \"*\" fits all; one row must fit everybody.\n")
	for _, k := range rowKeys {
		fmt.Fprintf(&b, "#   %-16s  %s\n", k.name, k.allowed)
	}
	for _, f := range library.PolicyFields {
		fmt.Fprintf(&b, "#   %-16s  %s (%s; default %s)\n", f.Name, f.About, f.Allowed(), f.Show(f.Get(plainRow())))
	}
	for _, p := range t.Policies {
		b.WriteString("\n[[policy]]\n")
		for _, k := range rowKeys {
			fmt.Fprintf(&b, "%s = %q\n", k.name, *k.at(&p))
		}
		for _, f := range library.PolicyFields {
			fmt.Fprintf(&b, "%s = %s\n", f.Name, f.Show(f.Get(p)))
		}
	}
	return b.String()
}

// formatHours writes the opening hours, a day a line.
func formatHours(b *strings.Builder, c library.Calendar) {
	line := func(key string, spans []library.Span) {
		var all []string
		for _, s := range spans {
			all = append(all, `"`+s.String()+`"`)
		}
		fmt.Fprintf(b, "%s = [%s]\n", key, strings.Join(all, ", "))
	}
	b.WriteString("\n# Opening hours, for the screen: of each weekday that is not closed one span or more,\n" +
		"# as tuesday = [\"09:00-12:00\", \"13:00-20:30\"], in order; the end up to 24:00. A weekday\n" +
		"# that is left out is open at hours that are not known.\n[" + tableHours + "]\n")
	for _, h := range c.HoursByWeekday() {
		line(strings.ToLower(h.Weekday.String()), h.Spans)
	}
	b.WriteString("\n# Hours of single days in place of those of their weekday, closed or not, as\n" +
		"# \"2026-12-31\" = [\"09:00-16:00\"]. A date in closed_dates has none.\n[" + tableSpecial + "]\n")
	for _, h := range c.HoursByDate() {
		line(`"`+h.Date.String()+`"`, h.Spans)
	}
}
