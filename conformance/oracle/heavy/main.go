// Command heavy answers questions with k8s.io/kubernetes itself, the RBAC
// authorizer first.
//
//	heavy [-workers N]                     questions on standard input
//	heavy -bench BINDINGS [-budget D]      time the real authorizer
//	heavy -bench-node NODES [-budget D]    time the real Node authorizer
//	heavy -bench-objects BINDINGS          print the policy of a benchmark
//	heavy bench-rules [-roles N]           time covers and lists of rules
//	heavy generate [-seed N] ...           print generated questions
//	heavy generate-convert [-seed N] ...   print generated questions about conversion
//	heavy record INPUTS.jsonl...           write cases beside their inputs
//	heavy verify [-sample F] CASES.json... ask recorded cases again
package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"

	"kubelogic/conformance/oracle/internal/access"
	"kubelogic/conformance/oracle/internal/chain"
	"kubelogic/conformance/oracle/internal/convert"
	"kubelogic/conformance/oracle/internal/escalation"
	"kubelogic/conformance/oracle/internal/kindnames"
	"kubelogic/conformance/oracle/internal/protocol"
	"kubelogic/conformance/oracle/internal/reconcile"
	"kubelogic/conformance/oracle/internal/record"
	"kubelogic/conformance/oracle/internal/request"
	"kubelogic/conformance/oracle/internal/rules"
	"kubelogic/conformance/oracle/internal/workload"
)

// answer knows every question of this program by its name or its first word.
var answer = protocol.Route(map[string]protocol.Answerer{
	"access":                     access.Answer,
	"access.authorize":           chain.Answer,
	"access.check-write":         escalation.Answer,
	"access.compact":             rules.Answer,
	"access.configuration":       chain.Answer,
	"access.covers":              rules.Answer,
	"access.list":                rules.Answer,
	"access.policy":              chain.Answer,
	"access.reconcile":           reconcile.Answer,
	"access.reconcile-bootstrap": reconcile.Answer,
	"access.rules-review":        rules.Answer,
	"convert":                    convert.Answer,
	"impersonation":              request.Answer,
	"meta":                       kindnames.Answer,
	"rbac":                       access.Answer,
	"request":                    request.Answer,
	"review":                     request.Answer,
	"workload":                   workload.Answer,
})

func main() {
	oracle := record.Oracle{Module: "k8s.io/kubernetes", Answer: answer}
	if record.Command(oracle, os.Args[1:]) {
		return
	}
	if len(os.Args) > 1 && os.Args[1] == "generate-convert" {
		generateConvert(os.Args[2:])
		return
	}
	if len(os.Args) > 1 && os.Args[1] == "bench-rules" {
		benchRules(os.Args[2:])
		return
	}
	if len(os.Args) > 1 && os.Args[1] == "generate" {
		generate(os.Args[2:])
		return
	}
	workers := flag.Int("workers", runtime.NumCPU(), "questions answered side by side")
	bench := flag.Int("bench", 0, "time the authorizer over this many cluster role `bindings`")
	budget := flag.Duration("budget", 2*time.Second, "how long -bench measures each outcome")
	nodes := flag.Int("bench-node", 0, "time the Node authorizer over this many `nodes`, thirty pods and six volumes each")
	subjects := flag.Int("subjects", 3, "subjects of each binding of -bench, 1 to 3")
	objects := flag.Int("bench-objects", 0, "print the objects of -bench with this many `bindings`, one a line")
	version := flag.Bool("version", false, "print the Kubernetes version this oracle is built from")
	flag.Parse()

	switch {
	case *version:
		fmt.Println(protocol.KubeVersion())
	case *bench > 0:
		results, problem := access.Bench(*bench, *subjects, *budget)
		if problem != nil {
			exitOn(fmt.Errorf("%s: %s", problem.Code, problem.Message))
		}
		for _, result := range results {
			printLine(os.Stdout, result)
		}
	case *nodes > 0:
		sizes := chain.Sizes{Nodes: *nodes, Pods: 30 * *nodes, Volumes: 6 * *nodes}
		results, problem := chain.Bench(sizes, *budget)
		if problem != nil {
			exitOn(fmt.Errorf("%s: %s", problem.Code, problem.Message))
		}
		for _, result := range results {
			printLine(os.Stdout, result)
		}
	case *objects > 0:
		out := bufio.NewWriter(os.Stdout)
		for _, object := range access.BenchObjects(*objects, *subjects) {
			printLine(out, object)
		}
		exitOn(out.Flush())
	default:
		protocol.RelaxCollector()
		exitOn(protocol.Serve(os.Stdin, os.Stdout, *workers, answer))
	}
}

func generate(arguments []string) {
	flags := flag.NewFlagSet("generate", flag.ExitOnError)
	seed := flags.Int64("seed", 1, "the same seed prints the same questions")
	first := flags.Int64("first", 0, "number of the first question")
	policies := flags.Int64("policies", 50, "questions to print, each with a policy of its own")
	requests := flags.Int("requests", 10, "requests in each question")
	versions := flags.String("versions", "", "minors to record the questions for, separated by commas")
	_ = flags.Parse(arguments)
	out := bufio.NewWriter(os.Stdout)
	for number := *first; number < *first+*policies; number++ {
		question := access.GenerateQuestion(*seed, number, *requests)
		if *versions != "" {
			question.Versions = strings.Split(*versions, ",")
		}
		printLine(out, question)
	}
	exitOn(out.Flush())
}

func generateConvert(arguments []string) {
	flags := flag.NewFlagSet("generate-convert", flag.ExitOnError)
	seed := flags.Int64("seed", 1, "the same seed prints the same questions")
	first := flags.Int64("first", 0, "number of the first question")
	count := flags.Int64("count", 1000, "questions to print")
	_ = flags.Parse(arguments)
	out := bufio.NewWriter(os.Stdout)
	for number := *first; number < *first+*count; number++ {
		question, err := convert.Generate(*seed, number)
		exitOn(err)
		printLine(out, question)
	}
	exitOn(out.Flush())
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
