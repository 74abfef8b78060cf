package finding

// An Entry is one known finding.
type Entry struct {
	Flow     string `json:"flow"` // Fingerprint
	Rule     string `json:"rule"`
	File     string `json:"file"`
	Function string `json:"function,omitempty"`
	Reason   string `json:"reason,omitempty"`
	Until    string `json:"until,omitempty"` // "2027-01-31": the last day on which the entry counts
}
