//go:build !unix

package rules_test

import (
	"testing"
	"time"
)

// processorTime is not told here.
func processorTime(*testing.B) time.Duration { return 0 }
