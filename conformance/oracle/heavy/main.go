// Command heavy answers access questions with the real RBAC authorizer.
//
//	heavy [-workers N]                     questions on standard input
//	heavy -bench BINDINGS [-budget D]      time the real authorizer
//	heavy -bench-objects BINDINGS          print the policy of a benchmark
//	heavy record INPUTS.jsonl...           write cases beside their inputs
//	heavy verify [-sample F] CASES.json... ask recorded cases again
package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"runtime"
	"time"

	"kubelogic/conformance/oracle/internal/access"
	"kubelogic/conformance/oracle/internal/protocol"
	"kubelogic/conformance/oracle/internal/record"
)

func main() {
	oracle := record.Oracle{Module: "k8s.io/kubernetes", Answer: access.Answer}
	if record.Command(oracle, os.Args[1:]) {
		return
	}
	workers := flag.Int("workers", runtime.NumCPU(), "questions answered side by side")
	bench := flag.Int("bench", 0, "time the authorizer over this many cluster role `bindings`")
	budget := flag.Duration("budget", 2*time.Second, "how long -bench measures each outcome")
	objects := flag.Int("bench-objects", 0, "print the objects of -bench with this many `bindings`, one a line")
	version := flag.Bool("version", false, "print the Kubernetes version this oracle is built from")
	flag.Parse()

	switch {
	case *version:
		fmt.Println(protocol.KubeVersion())
	case *bench > 0:
		results, problem := access.Bench(*bench, *budget)
		if problem != nil {
			exitOn(fmt.Errorf("%s: %s", problem.Code, problem.Message))
		}
		for _, result := range results {
			printLine(os.Stdout, result)
		}
	case *objects > 0:
		out := bufio.NewWriter(os.Stdout)
		for _, object := range access.BenchObjects(*objects) {
			printLine(out, object)
		}
		exitOn(out.Flush())
	default:
		protocol.RelaxCollector()
		exitOn(protocol.Serve(os.Stdin, os.Stdout, *workers, access.Answer))
	}
}

func printLine(out interface{ Write([]byte) (int, error) }, value any) {
	line, err := protocol.EncodeLine(value)
	exitOn(err)
	_, err = out.Write(line)
	exitOn(err)
}

func exitOn(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(2)
	}
}
