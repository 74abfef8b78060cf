package report

import "github.com/pickletrace/pickletrace/pkg/finding"

// What other ways to show findings share with the formats.

// RulePage gives where the reference of a rule is published.
func RulePage(id string) string { return rulePages + id + ".md" }

// Places gives the steps that have a place: one without a file is at the place of the one before.
func Places(steps []finding.Step) []finding.Step { return withPlaces(steps) }

// StepMessage says in one sentence what happens at a step.
func StepMessage(st *finding.Step) string { return stepMessage(st) }

// MarkdownText makes plain text one paragraph of Markdown that shows it.
func MarkdownText(s string) string { return mdText(s) }

// MarkdownCode does so for code.
func MarkdownCode(s string) string { return mdCode(s) }
