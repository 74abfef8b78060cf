package text

import "bytes"

// ImportedHeads gives the first segments of the modules that lines of the code import by their full names, each once, in
// the order of the text. A line of a docstring that reads like an import counts as well.
func ImportedHeads(src []byte) []string {
	var out []string
	seen := map[string]bool{}
	for line := range bytes.Lines(src) {
		line = bytes.TrimLeft(line, " \t")
		rest, isFrom := bytes.CutPrefix(line, []byte("from "))
		if !isFrom {
			var ok bool
			if rest, ok = bytes.CutPrefix(line, []byte("import ")); !ok {
				continue
			}
		}
		for item := range bytes.SplitSeq(rest, []byte(",")) {
			item = bytes.TrimLeft(item, " \t\\")
			end := 0
			for end < len(item) && isNameByte(item[end]) {
				end++
			}
			if head := string(item[:end]); head != "" && !seen[head] {
				seen[head] = true
				out = append(out, head)
			}
			if isFrom {
				break // what follows is imported from there
			}
		}
	}
	return out
}
