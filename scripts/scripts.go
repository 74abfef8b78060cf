// Package scripts tests what the project hands to others than Go programs: action, images, templates, hooks, packages.
package scripts
