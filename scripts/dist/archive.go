package main

import (
	"archive/tar"
	"compress/gzip"
	"io"
	"os"
	"time"
)

// epoch is the time of all files in archives: the earliest that zip can say.
var epoch = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// writeArchive packs the program with licence and README. The bytes depend on nothing but those of the files.
func (r *release) writeArchive(t *target, program []byte) error {
	return writeTo(r.path(t, ".tar.gz"), func(w io.Writer) error {
		zw, err := gzip.NewWriterLevel(w, gzip.BestCompression)
		if err != nil {
			return err
		}
		tw := tar.NewWriter(zw)
		if err := addTar(tw, t.program(), 0o755, program); err != nil {
			return err
		}
		for _, name := range []string{"LICENSE", "README.md"} {
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			if err := addTar(tw, name, 0o644, data); err != nil {
				return err
			}
		}
		if err := tw.Close(); err != nil {
			return err
		}
		return zw.Close()
	})
}

func addTar(w *tar.Writer, name string, mode int64, data []byte) error {
	h := &tar.Header{Name: name, Mode: mode, Size: int64(len(data)), ModTime: epoch, Typeflag: tar.TypeReg, Format: tar.FormatUSTAR}
	if err := w.WriteHeader(h); err != nil {
		return err
	}
	_, err := w.Write(data)
	return err
}

// writeTo makes a file with what the function writes.
func writeTo(path string, write func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := write(f); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
