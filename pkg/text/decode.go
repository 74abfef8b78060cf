package text

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// encodings are those a coding cookie may name, by Python's name with "-" for "_", in lower case. UTF-8 is nil.
// The names of ASCII are here too: it is read as UTF-8, which agrees with it where it says anything.
var encodings = map[string]encoding.Encoding{
	"utf-8": nil, "utf8": nil, "utf-8-sig": nil, "u8": nil, "utf": nil, "cp65001": nil,
	"ascii": nil, "us-ascii": nil, "646": nil, "ansi-x3.4-1968": nil,
	"iso-8859-1": charmap.ISO8859_1, "iso8859-1": charmap.ISO8859_1, "iso-latin-1": charmap.ISO8859_1,
	"latin-1": charmap.ISO8859_1, "latin1": charmap.ISO8859_1, "latin": charmap.ISO8859_1, "l1": charmap.ISO8859_1,
	"8859": charmap.ISO8859_1, "cp819": charmap.ISO8859_1,
	"iso-8859-2": charmap.ISO8859_2, "iso8859-2": charmap.ISO8859_2, "latin2": charmap.ISO8859_2, "latin-2": charmap.ISO8859_2,
	"iso-8859-5": charmap.ISO8859_5, "iso8859-5": charmap.ISO8859_5,
	"iso-8859-7": charmap.ISO8859_7, "iso8859-7": charmap.ISO8859_7,
	"iso-8859-8": charmap.ISO8859_8, "iso8859-8": charmap.ISO8859_8,
	"iso-8859-9": charmap.ISO8859_9, "iso8859-9": charmap.ISO8859_9, "latin5": charmap.ISO8859_9,
	"iso-8859-15": charmap.ISO8859_15, "iso8859-15": charmap.ISO8859_15, "latin-9": charmap.ISO8859_15, "latin9": charmap.ISO8859_15,
	"cp437": charmap.CodePage437, "cp850": charmap.CodePage850, "cp866": charmap.CodePage866,
	"cp1250": charmap.Windows1250, "windows-1250": charmap.Windows1250,
	"cp1251": charmap.Windows1251, "windows-1251": charmap.Windows1251,
	"cp1252": charmap.Windows1252, "windows-1252": charmap.Windows1252,
	"cp1253": charmap.Windows1253, "windows-1253": charmap.Windows1253,
	"cp1254": charmap.Windows1254, "windows-1254": charmap.Windows1254,
	"koi8-r": charmap.KOI8R, "koi8-u": charmap.KOI8U, "mac-roman": charmap.Macintosh,
	"gbk": simplifiedchinese.GBK, "cp936": simplifiedchinese.GBK, "gb2312": simplifiedchinese.GBK,
	"gb18030": simplifiedchinese.GB18030, "euc-cn": simplifiedchinese.GBK,
	"big5": traditionalchinese.Big5, "cp950": traditionalchinese.Big5,
	"shift-jis": japanese.ShiftJIS, "sjis": japanese.ShiftJIS, "cp932": japanese.ShiftJIS,
	"euc-jp": japanese.EUCJP, "eucjp": japanese.EUCJP, "euc-kr": korean.EUCKR, "cp949": korean.EUCKR,
}

var (
	cookie    = regexp.MustCompile(`^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)`)
	blankLine = regexp.MustCompile(`^[ \t\f]*(?:#|\r|\n|$)`)
)

// decodeSource turns the bytes of a source file into UTF-8 with LF or CRLF line ends, and names the encoding.
func decodeSource(path string, raw []byte) ([]byte, string, []Problem) {
	text, name, marked := stripMark(raw)
	if !marked {
		if declared, line := declaredEncoding(raw); declared != "" {
			return decodeDeclared(path, raw, declared, line)
		}
	}
	if text == nil {
		text = raw
	}
	text, problems := repair(path, text)
	return loneReturns(text), name, problems
}

// stripMark decodes text that starts with a byte order mark. Without one text is nil and the name "utf-8".
func stripMark(raw []byte) (text []byte, name string, marked bool) {
	var enc encoding.Encoding
	switch {
	case bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")):
		return raw[3:], "utf-8-sig", true
	case bytes.HasPrefix(raw, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(raw, []byte("\x00\x00\xfe\xff")):
		enc, name = utf32.UTF32(utf32.BigEndian, utf32.ExpectBOM), "utf-32"
	case bytes.HasPrefix(raw, []byte("\xff\xfe")), bytes.HasPrefix(raw, []byte("\xfe\xff")):
		enc, name = unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM), "utf-16"
	default:
		return nil, "utf-8", false
	}
	text, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		return raw, "utf-8", true
	}
	return text, name, true
}

// declaredEncoding gives what a coding cookie on line 1 or 2 says (PEP 263), and its line; "" if there is none.
func declaredEncoding(raw []byte) (string, int) {
	rest := raw
	for line := 1; line <= 2; line++ {
		end := bytes.IndexAny(rest, "\r\n")
		first := rest
		if end >= 0 {
			first = rest[:end]
		}
		if m := cookie.FindSubmatch(first); m != nil {
			return string(m[1]), line
		}
		if end < 0 || !blankLine.Match(first) {
			return "", 0
		}
		rest = bytes.TrimPrefix(rest[end:], []byte("\r"))
		rest = bytes.TrimPrefix(rest, []byte("\n"))
	}
	return "", 0
}

func decodeDeclared(path string, raw []byte, declared string, line int) ([]byte, string, []Problem) {
	name := strings.ReplaceAll(strings.ToLower(declared), "_", "-")
	// Editors add what they do with line ends: utf-8-unix, latin-1-dos.
	for _, suffix := range []string{"-unix", "-dos", "-mac"} {
		name = strings.TrimSuffix(name, suffix)
	}
	enc, known := encodings[name]
	if enc == nil {
		text, problems := repair(path, raw)
		if !known {
			// An encoding we cannot read may spell code with any bytes: nothing found means nothing here.
			name = "utf-8"
			problems = append(problems, Problem{Path: path, Line: line, Severity: Failed, Kind: "unknown-encoding",
				Msg: fmt.Sprintf("encoding %q is not known; the file was read as UTF-8", declared)})
		}
		return loneReturns(text), name, problems
	}
	text, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		return nil, name, []Problem{{Path: path, Line: line, Severity: Failed, Kind: "undecodable",
			Msg: fmt.Sprintf("cannot decode as %s: %v", declared, err)}}
	}
	if bytes.Contains(text, []byte("\ufffd")) {
		return loneReturns(text), name, []Problem{undecodable(path, text, declared)}
	}
	return loneReturns(text), name, nil
}

// undecodable is the Problem of text in which some bytes had to be replaced.
func undecodable(path string, text []byte, enc string) Problem {
	before := text[:bytes.Index(text, []byte("\ufffd"))]
	return Problem{Path: path, Line: len(lineStarts(before)), Severity: Info, Kind: "undecodable",
		Msg: fmt.Sprintf("bytes that are not %s were replaced by U+FFFD", enc)}
}

// repair replaces what is not UTF-8 by U+FFFD, one for each maximal part of a character, as browsers and editors do:
// columns must be those a person sees. Valid text is given back as it is.
func repair(path string, text []byte) ([]byte, []Problem) {
	if utf8.Valid(text) {
		return text, nil
	}
	out := make([]byte, 0, len(text)+64)
	first := -1
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r != utf8.RuneError || size > 1 {
			out = append(out, text[i:i+size]...)
			i += size
			continue
		}
		if first < 0 {
			first = len(out)
		}
		out = append(out, "\ufffd"...)
		i += badLen(text[i:])
	}
	return out, []Problem{{Path: path, Line: len(lineStarts(out[:first])), Severity: Info, Kind: "undecodable",
		Msg: "bytes that are not UTF-8 were replaced by U+FFFD"}}
}

// badLen gives how many bytes at the start of s, which do not start a character, are replaced together.
func badLen(s []byte) int {
	lo, hi, n := byte(0x80), byte(0xbf), 1
	switch c := s[0]; {
	case c >= 0xc2 && c <= 0xdf:
		n = 2
	case c >= 0xe0 && c <= 0xef:
		n = 3
		if c == 0xe0 {
			lo = 0xa0
		} else if c == 0xed {
			hi = 0x9f
		}
	case c >= 0xf0 && c <= 0xf4:
		n = 4
		if c == 0xf0 {
			lo = 0x90
		} else if c == 0xf4 {
			hi = 0x8f
		}
	default:
		return 1
	}
	i := 1
	for i < n-1 && i < len(s) && s[i] >= lo && s[i] <= hi {
		lo, hi = 0x80, 0xbf
		i++
	}
	return i
}

// loneReturns turns each CR that no LF follows into LF: Python ends a line there, also a comment.
func loneReturns(text []byte) []byte {
	out := text
	for i := 0; ; {
		n := bytes.IndexByte(text[i:], '\r')
		if n < 0 {
			return out
		}
		i += n + 1
		if i < len(text) && text[i] == '\n' {
			continue
		}
		if &out[0] == &text[0] {
			out = bytes.Clone(text)
		}
		out[i-1] = '\n'
	}
}
