package main

import "testing"

func TestGrowth(t *testing.T) {
	for live, want := range map[int64]int{0: mostGrowth, 10 << 20: mostGrowth, roomy / 4: 300, roomy / 2: 100, roomy: leastGrowth, 10 * roomy: leastGrowth} {
		if got := growth(live); got != want {
			t.Errorf("%d MB live: %d percent instead of %d", live>>20, got, want)
		}
	}
}
