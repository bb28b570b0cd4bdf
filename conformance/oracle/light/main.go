// Command light answers questions with the real Kubernetes libraries that
// build in seconds.
//
//	light [-workers N]                     questions on standard input
//	light -bench FILE [-n PASSES]          time the real reader
//	light -bench-strict FOLDER [-n PASSES] time the real strict decoder
//	light generate [-seed N] FILE...       print questions made by changing texts
//	light record INPUTS.jsonl...           write cases beside their inputs
//	light verify [-sample F] CASES.json... ask recorded cases again
package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"runtime"

	"kubelogic/conformance/oracle/internal/crd"
	"kubelogic/conformance/oracle/internal/kubeconfig"
	"kubelogic/conformance/oracle/internal/lifecycle"
	"kubelogic/conformance/oracle/internal/meta"
	"kubelogic/conformance/oracle/internal/pki"
	"kubelogic/conformance/oracle/internal/protocol"
	"kubelogic/conformance/oracle/internal/reading"
	"kubelogic/conformance/oracle/internal/record"
	"kubelogic/conformance/oracle/internal/strict"
	"kubelogic/conformance/oracle/internal/types"
)

// answer knows every question of this program by its first word.
var answer = protocol.Route(map[string]protocol.Answerer{
	"crd":        crd.Answer,
	"kubeconfig": kubeconfig.Answer,
	"meta":       meta.Answer,
	"pki":        pki.Answer,
	"read":       reading.Answer,
	"schema":     schemaAnswer,
	"types":      types.Answer,
})

func schemaAnswer(ask string, question []byte) (any, *protocol.Error) {
	if ask == "schema.lifecycle" {
		return lifecycle.Answer(ask, question)
	}
	return strict.Answer(ask, question)
}

func main() {
	oracle := record.Oracle{Module: "k8s.io/apimachinery", Answer: answer}
	if record.Command(oracle, os.Args[1:]) {
		return
	}
	if len(os.Args) > 1 && os.Args[1] == "generate" {
		exitOn(generate(os.Args[2:]))
		return
	}
	workers := flag.Int("workers", runtime.NumCPU(), "questions answered side by side")
	bench := flag.String("bench", "", "read this `file` repeatedly and print how long it took")
	benchStrict := flag.String("bench-strict", "", "decode all files below this `folder` repeatedly and print how long it took")
	passes := flag.Int("n", 20, "passes of -bench and -bench-strict")
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
	case *benchStrict != "":
		result, err := strict.Bench(*benchStrict, protocol.KubeVersion(), *passes)
		exitOn(err)
		line, err := protocol.EncodeLine(result)
		exitOn(err)
		os.Stdout.Write(line)
	default:
		protocol.RelaxCollector()
		exitOn(protocol.Serve(os.Stdin, os.Stdout, *workers, answer))
	}
}

func generate(arguments []string) error {
	flags := flag.NewFlagSet("generate", flag.ExitOnError)
	seed := flags.Int64("seed", 1, "the same seed and files print the same questions")
	first := flags.Int64("first", 0, "number of the first question")
	count := flags.Int64("count", 1000, "questions to print")
	_ = flags.Parse(arguments)
	seeds, err := reading.Seeds(flags.Args())
	if err != nil {
		return err
	}
	out := bufio.NewWriter(os.Stdout)
	for number := *first; number < *first+*count; number++ {
		line, err := protocol.EncodeLine(reading.GenerateQuestion(seeds, *seed, number))
		if err != nil {
			return err
		}
		if _, err := out.Write(line); err != nil {
			return err
		}
	}
	return out.Flush()
}

func exitOn(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(2)
	}
}
