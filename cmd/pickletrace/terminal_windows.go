package main

import (
	"os"

	"golang.org/x/sys/windows"
)

// obeysEscapes says whether a console can show escape sequences: those since Windows 10 can, when they are told to.
func obeysEscapes(f *os.File) bool {
	var mode uint32
	h := windows.Handle(f.Fd())
	if windows.GetConsoleMode(h, &mode) != nil {
		return false
	}
	return windows.SetConsoleMode(h, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) == nil
}
