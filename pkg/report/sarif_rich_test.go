package report

import (
	"encoding/json"
	"testing"
	"time"
)

// richResult has everything a report can have.
func richResult(t testing.TB) *Result {
	r := parseSample(t, archives(t)["twofiles.txtar"])
	more := parseSample(t, archives(t)["hostile.txtar"])
	r.Findings = append(r.Findings, more.Findings...)
	r.Problems = append(parseSample(t, archives(t)["problems.txtar"]).Problems, more.Problems...)
	r.Repo = more.Repo
	return r
}

func richOptions() Options {
	start := time.Date(2026, 11, 23, 5, 0, 0, 0, time.UTC)
	return Options{ShowSuppressed: true, Category: "nightly", Start: start, End: start.Add(time.Second)}
}

// richLog is the richest log, decoded.
func richLog(t testing.TB) map[string]any {
	return decodeLog(t, render(t, SARIF, richResult(t), richOptions()))
}

func decodeLog(t testing.TB, data []byte) map[string]any {
	t.Helper()
	var doc map[string]any
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}
