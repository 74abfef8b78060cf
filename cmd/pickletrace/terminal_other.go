//go:build !windows

package main

import "os"

// obeysEscapes says whether a terminal can show escape sequences.
func obeysEscapes(*os.File) bool { return true }
