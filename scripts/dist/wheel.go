package main

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// A wheelFile is a file in a wheel.
type wheelFile struct {
	name string
	mode os.FileMode
	data []byte
}

// writeWheel packs the program as a Python package without any Python: pip puts what is in "scripts" on the path.
func (r *release) writeWheel(t *target, program []byte) error {
	licence, err := os.ReadFile("LICENSE")
	if err != nil {
		return err
	}
	name := "pickletrace-" + r.version
	info := name + ".dist-info/"
	files := []wheelFile{
		{name + ".data/scripts/" + t.program(), 0o755, program},
		{info + "METADATA", 0o644, []byte(r.metadata())},
		{info + "WHEEL", 0o644, []byte(wheelText(t))},
		{info + "licenses/LICENSE", 0o644, licence},
	}
	files = append(files, record(info+"RECORD", files))
	path := filepath.Join(r.out, name+"-py3-none-"+strings.Join(t.wheel, ".")+".whl")
	return writeTo(path, func(w io.Writer) error { return writeZip(w, files) })
}

func (r *release) metadata() string {
	return "Metadata-Version: 2.4\n" +
		"Name: pickletrace\n" +
		"Version: " + r.version + "\n" +
		"Summary: Find where untrusted data reaches code that deserializes it\n" +
		"License-Expression: Apache-2.0\n" +
		"License-File: LICENSE\n" +
		"Keywords: security,static analysis,taint analysis,pickle,machine learning,sarif\n" +
		"Classifier: Environment :: Console\n" +
		"Classifier: Topic :: Security\n" +
		"Requires-Python: >=3.8\n" +
		"Project-URL: Homepage, https://github.com/pickletrace/pickletrace\n" +
		"Description-Content-Type: text/markdown\n\n" +
		"pickletrace reads Python code, without running it, and finds the places where data from outside reaches a call\n" +
		"that runs code out of it. This package has the program; it needs no Python.\n"
}

func wheelText(t *target) string {
	var b strings.Builder
	b.WriteString("Wheel-Version: 1.0\nGenerator: pickletrace\nRoot-Is-Purelib: false\n")
	for _, tag := range t.wheel {
		fmt.Fprintf(&b, "Tag: py3-none-%s\n", tag)
	}
	return b.String()
}

// record lists all files with their checksums, itself without one.
func record(name string, files []wheelFile) wheelFile {
	var b strings.Builder
	for _, f := range files {
		sum := sha256.Sum256(f.data)
		fmt.Fprintf(&b, "%s,sha256=%s,%d\n", f.name, base64.RawURLEncoding.EncodeToString(sum[:]), len(f.data))
	}
	b.WriteString(name + ",,\n")
	return wheelFile{name, 0o644, []byte(b.String())}
}

func writeZip(w io.Writer, files []wheelFile) error {
	zw := zip.NewWriter(w)
	for _, f := range files {
		h := &zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: epoch}
		h.SetMode(f.mode)
		out, err := zw.CreateHeader(h)
		if err == nil {
			_, err = out.Write(f.data)
		}
		if err != nil {
			return err
		}
	}
	return zw.Close()
}
