// Command pickletrace finds where untrusted data reaches code that deserializes it.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/pickletrace/pickletrace/pkg/report"
)

// What the exit code says.
const (
	exitClean      = 0   // nothing at or above --fail-on
	exitFindings   = 1   // findings at or above --fail-on
	exitUsage      = 2   // wrong usage, configuration or rule pack
	exitIncomplete = 3   // something that should have been scanned was not
	exitInterrupt  = 130 // SIGINT or SIGTERM
)

// An app is the program with its surroundings, which tests replace.
type app struct {
	in       io.Reader
	out, err io.Writer
	tty      io.Writer // where progress is shown; nil: nowhere
}

// exit is the error that ends the program with a code and, unless it is nil, a message.
type exit struct {
	code int
	err  error
}

func (e exit) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit %d", e.code)
	}
	return e.err.Error()
}

func main() {
	limitMemory()
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-signals
		removeAll()
		os.Exit(exitInterrupt)
	}()
	a := &app{in: os.Stdin, out: os.Stdout, err: report.Harmless(os.Stderr), tty: os.Stderr}
	os.Exit(a.run(os.Args[1:]))
}

// run gives the exit code. An error without a code is one of usage, for cobra's own have none.
func (a *app) run(args []string) int {
	root := a.rootCommand()
	root.SetArgs(args)
	err := root.Execute()
	if err == nil {
		return exitClean
	}
	e := exit{exitUsage, err}
	errors.As(err, &e)
	if e.err != nil {
		fmt.Fprintf(a.err, "pickletrace: %v\n", e.err)
	}
	return e.code
}

func (a *app) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "pickletrace",
		Short: "Find where untrusted data reaches code that deserializes it",
		Long: "pickletrace reads Python code, without running it, and reports every way on which data\n" +
			"from outside reaches a call that runs code out of it: with the trace from source to sink.",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.AddCommand(a.scanCommand(), a.baselineCommand(), a.fixCommand(), a.learnCommand(), a.mergeCommand(), a.rulesCommand(), a.explainCommand(), a.configCommand(), a.cacheCommand(), a.lspCommand(), a.debugCommand(), a.versionCommand())
	root.Version = thisBuild().String()
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetHelpCommand(helpCommand())
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd("completion")
	strictUsage(root)
	return root
}

// complete tells shells the values of a flag.
func complete(cmd *cobra.Command, flag string, values ...string) {
	if err := cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err) // there is no such flag: our mistake
	}
}
