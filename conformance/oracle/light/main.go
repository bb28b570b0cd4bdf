// Command light answers reading questions with the real Kubernetes readers.
//
//	light [-workers N]                     questions on standard input
//	light -bench FILE [-n PASSES]          time the real reader
//	light record INPUTS.jsonl...           write cases beside their inputs
//	light verify [-sample F] CASES.json... ask recorded cases again
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"

	"kubelogic/conformance/oracle/internal/protocol"
	"kubelogic/conformance/oracle/internal/reading"
	"kubelogic/conformance/oracle/internal/record"
)

func main() {
	oracle := record.Oracle{Module: "k8s.io/apimachinery", Answer: reading.Answer}
	if record.Command(oracle, os.Args[1:]) {
		return
	}
	workers := flag.Int("workers", runtime.NumCPU(), "questions answered side by side")
	bench := flag.String("bench", "", "read this `file` repeatedly and print how long it took")
	passes := flag.Int("n", 20, "passes of -bench")
	version := flag.Bool("version", false, "print the Kubernetes version this oracle is built from")
	flag.Parse()

	switch {
	case *version:
		fmt.Println(protocol.KubeVersion())
	case *bench != "":
		result, err := reading.Bench(*bench, protocol.KubeVersion(), *passes)
		exitOn(err)
		line, err := protocol.EncodeLine(result)
		exitOn(err)
		os.Stdout.Write(line)
	default:
		protocol.RelaxCollector()
		exitOn(protocol.Serve(os.Stdin, os.Stdout, *workers, reading.Answer))
	}
}

func exitOn(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(2)
	}
}
