//go:build !before132

package main

import (
	"flag"
	"fmt"
	"os"
	"time"

	"kubelogic/conformance/oracle/internal/rules"
)

func benchRules(arguments []string) {
	flags := flag.NewFlagSet("bench-rules", flag.ExitOnError)
	roles := flags.Int("roles", 1000, "roles of the user whose rules are listed")
	budget := flags.Duration("budget", 2*time.Second, "how long each question is measured")
	_ = flags.Parse(arguments)
	results, problem := rules.Bench(*roles, *budget)
	if problem != nil {
		exitOn(fmt.Errorf("%s: %s", problem.Code, problem.Message))
	}
	for _, result := range results {
		printLine(os.Stdout, result)
	}
}
