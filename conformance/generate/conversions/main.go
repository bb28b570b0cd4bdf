// Command conversions writes which kinds can be converted, and between which versions.
//
//	go run ./conversions ../oracle/bin/heavy-1.37 ../../core/data/conversions.tsv
//
// The source is the API server's own schemes, as the oracle of the newest minor prints them (`convert.kinds`). The best
// version stands first.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// subresources are left out: no manifest holds such kinds.
var subresources = []string{"DeploymentRollback", "Scale"}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: go run ./conversions ORACLE OUTPUT-FILE")
	}
	command := exec.Command(os.Args[1])
	command.Stdin = strings.NewReader(`{"id":1,"ask":"convert.kinds"}` + "\n")
	command.Stderr = os.Stderr
	output, err := command.Output()
	if err != nil {
		log.Fatal(err)
	}
	var reply struct {
		Answer struct {
			Kinds []struct {
				Kind     string
				Versions []string
			}
		}
	}
	if err := json.Unmarshal(output, &reply); err != nil {
		log.Fatal(err)
	}
	var lines []string
	for _, kind := range reply.Answer.Kinds {
		if slices.Contains(subresources, kind.Kind) {
			continue
		}
		slices.SortFunc(kind.Versions, better)
		lines = append(lines, fmt.Sprintf("%s\t%s\n", kind.Kind, strings.Join(kind.Versions, ",")))
	}
	if len(lines) == 0 {
		log.Fatal("the oracle printed no kinds")
	}
	slices.Sort(lines)
	text := "kind\tversions\n" + strings.Join(lines, "")
	if err := os.WriteFile(os.Args[2], []byte(text), 0o644); err != nil {
		log.Fatal(err)
	}
}

// better puts the more stable version first, then the newer one. Of equal ones that of the core group comes first and
// that of extensions last.
func better(a, b string) int {
	return slices.Compare(rank(b), rank(a))
}

func rank(apiVersion string) []int {
	group, version, found := strings.Cut(apiVersion, "/")
	if !found {
		group, version = "", apiVersion
	}
	belongs := 1
	switch group {
	case "":
		belongs = 2
	case "extensions":
		belongs = 0
	}
	var major, minor int
	for stability, format := range []string{"v%dalpha%d", "v%dbeta%d"} {
		if count, _ := fmt.Sscanf(version, format, &major, &minor); count == 2 {
			return []int{stability, major, minor, belongs}
		}
	}
	if count, _ := fmt.Sscanf(version, "v%d", &major); count != 1 {
		log.Fatalf("%s is no version", apiVersion)
	}
	return []int{2, major, 0, belongs}
}
