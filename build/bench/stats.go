package main

import (
	"math"
	"slices"
	"time"
)

// quantile of unsorted durations, 0 ≤ q ≤ 1, by linear interpolation between
// the two nearest ranks; NaN for none.
func quantile(d []time.Duration, q float64) time.Duration {
	v := make([]float64, len(d))
	for i := range d {
		v[i] = float64(d[i])
	}
	x := quantileOf(v, q)
	if math.IsNaN(x) {
		return 0
	}
	return time.Duration(math.Round(x))
}

// quantileOf is quantile for plain numbers; NaN for none.
func quantileOf(values []float64, q float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	v := slices.Clone(values)
	slices.Sort(v)
	at := q * float64(len(v)-1)
	low := int(math.Floor(at))
	high := min(low+1, len(v)-1)
	return v[low] + (v[high]-v[low])*(at-float64(low))
}

// spread is a number with how far it wandered.
type spread struct {
	Value, Low, High float64
}

// ratio compares the medians of two series that were measured in turn, and of
// each of parts stretches of them, so that noise on the machine is seen as a
// range and not mistaken for a result. Both series have the same length.
func ratio(a, b []time.Duration, parts int) spread { return ratioAt(a, b, .5, parts) }

// ratioAt is ratio for another quantile than the median.
func ratioAt(a, b []time.Duration, q float64, parts int) spread {
	r := spread{Value: float64(quantile(a, q)) / float64(quantile(b, q))}
	r.Low, r.High = r.Value, r.Value
	for i := range parts {
		from, to := i*len(a)/parts, (i+1)*len(a)/parts
		if from == to {
			continue
		}
		x := float64(quantile(a[from:to], q)) / float64(quantile(b[from:to], q))
		r.Low, r.High = min(r.Low, x), max(r.High, x)
	}
	return r
}
