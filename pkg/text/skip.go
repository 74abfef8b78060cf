package text

// SkippedFolder reports whether folders of that name are not entered unless the user names them: other people's code,
// build products, caches.
func SkippedFolder(name string) bool { return skippedFolders[name] }
