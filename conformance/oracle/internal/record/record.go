// Package record writes what the real components answered into case files, and
// asks recorded cases again.
package record

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand"
	"os"
	"sort"
	"strings"

	"kubelogic/conformance/oracle/internal/protocol"
)

// Oracle is what answers, and the module whose hash proves which code it was.
type Oracle struct {
	Module string
	Answer protocol.Answerer
}

// File is the shape of a case file.
type File struct {
	Oracle string          `json:"oracle"`
	Module protocol.Module `json:"module"`
	// What generated inputs were made from; 0 for hand-written ones.
	Seed  int64             `json:"seed"`
	Cases []json.RawMessage `json:"cases"`
}

// inputsSuffix and casesSuffix name a hand-written file and what is recorded
// from it: scalars.inputs.jsonl becomes scalars.1.37.json.
const (
	inputsSuffix = ".inputs.jsonl"
	casesSuffix  = ".json"
)

// Command runs the subcommands `record` and `verify`, and says whether the
// arguments named one of them.
func Command(oracle Oracle, arguments []string) bool {
	if len(arguments) == 0 {
		return false
	}
	var err error
	switch arguments[0] {
	case "record":
		for _, path := range arguments[1:] {
			if err = recordFile(oracle, path); err != nil {
				break
			}
		}
	case "verify":
		flags := flag.NewFlagSet("verify", flag.ExitOnError)
		sample := flags.Float64("sample", 1, "share of the cases to ask again, 0 to 1")
		seed := flags.Int64("seed", 1, "which cases the sample picks")
		_ = flags.Parse(arguments[1:])
		err = verifyFiles(oracle, flags.Args(), *sample, *seed)
	default:
		return false
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(1)
	}
	return true
}

func recordFile(oracle Oracle, path string) error {
	if !strings.HasSuffix(path, inputsSuffix) {
		return fmt.Errorf("%s: inputs are named *%s", path, inputsSuffix)
	}
	inputs, err := readLines(path)
	if err != nil {
		return err
	}
	file := File{Oracle: protocol.KubeVersion()}
	file.Module, _ = protocol.LinkedModule(oracle.Module)
	seen := map[string]bool{}
	for number, input := range inputs {
		fields := map[string]json.RawMessage{}
		if err := json.Unmarshal(input, &fields); err != nil {
			return fmt.Errorf("%s: line %d: %w", path, number+1, err)
		}
		// Generated inputs name the seed they were made from.
		if seed, ok := fields["seed"]; ok {
			if err := json.Unmarshal(seed, &file.Seed); err != nil {
				return fmt.Errorf("%s: line %d: %w", path, number+1, err)
			}
			delete(fields, "seed")
		}
		if !wanted(fields["versions"]) {
			continue
		}
		if seen[string(fields["id"])] {
			return fmt.Errorf("%s: line %d: id %s is used twice", path, number+1, fields["id"])
		}
		seen[string(fields["id"])] = true
		recorded, err := recordCase(oracle, fields)
		if err != nil {
			return fmt.Errorf("%s: line %d: %w", path, number+1, err)
		}
		file.Cases = append(file.Cases, recorded)
	}
	if len(file.Cases) == 0 {
		return nil
	}
	out := strings.TrimSuffix(path, inputsSuffix) + "." + protocol.KubeMinor() + casesSuffix
	if err := os.WriteFile(out, encodeFile(file), 0o644); err != nil {
		return err
	}
	fmt.Printf("%s: %d cases\n", out, len(file.Cases))
	return nil
}

// wanted tells whether an input asks for the minor of this build. Without
// `versions` an input is recorded for the newest minor only.
func wanted(versions json.RawMessage) bool {
	names := []string{newestMinor}
	if len(versions) > 0 {
		if err := json.Unmarshal(versions, &names); err != nil {
			return false
		}
	}
	for _, name := range names {
		if name == protocol.KubeMinor() {
			return true
		}
	}
	return false
}

// newestMinor is the minor whose answers are recorded by default.
const newestMinor = "1.37"

func recordCase(oracle Oracle, fields map[string]json.RawMessage) (json.RawMessage, error) {
	delete(fields, "versions")
	fields["kubeVersion"] = quoted(protocol.KubeMinor())
	answer, err := askFields(oracle, fields)
	if err != nil {
		return nil, err
	}
	fields["expect"] = answer
	return encodeCase(fields), nil
}

// askFields answers a case; a panic of the real component is a legitimate
// expectation, any other error is a mistake in the case.
func askFields(oracle Oracle, fields map[string]json.RawMessage) (json.RawMessage, error) {
	line, err := json.Marshal(fields)
	if err != nil {
		return nil, err
	}
	var response struct {
		Answer json.RawMessage `json:"answer"`
		Error  *protocol.Error `json:"error"`
	}
	if err := json.Unmarshal(protocol.Ask(oracle.Answer, line), &response); err != nil {
		return nil, err
	}
	if response.Error != nil {
		if response.Error.Code == "panic" {
			return json.RawMessage(`{"panic":true}`), nil
		}
		return nil, fmt.Errorf("%s: %s: %s", fields["id"], response.Error.Code, response.Error.Message)
	}
	return response.Answer, nil
}

func verifyFiles(oracle Oracle, paths []string, sample float64, seed int64) error {
	random := rand.New(rand.NewSource(seed))
	asked, wrong := 0, 0
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var file File
		if err := json.Unmarshal(text, &file); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if file.Oracle != protocol.KubeVersion() {
			continue
		}
		for _, recorded := range file.Cases {
			if random.Float64() >= sample {
				continue
			}
			fields := map[string]json.RawMessage{}
			if err := json.Unmarshal(recorded, &fields); err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
			expected := fields["expect"]
			delete(fields, "expect")
			answer, err := askFields(oracle, fields)
			if err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
			asked++
			if !bytes.Equal(compact(expected), compact(answer)) {
				wrong++
				fmt.Printf("%s: %s\n  recorded %s\n  now      %s\n", path, fields["id"], expected, answer)
			}
		}
	}
	fmt.Printf("%d cases asked again, %d answered differently\n", asked, wrong)
	if wrong > 0 {
		return fmt.Errorf("%d of %d cases differ", wrong, asked)
	}
	return nil
}

func encodeFile(file File) []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, "{\"oracle\":%s,\"module\":%s,\"seed\":%d,\"cases\":[\n",
		quoted(file.Oracle), plain(file.Module), file.Seed)
	for i, recorded := range file.Cases {
		out.Write(recorded)
		if i+1 < len(file.Cases) {
			out.WriteByte(',')
		}
		out.WriteByte('\n')
	}
	out.WriteString("]}\n")
	return out.Bytes()
}

// leading and trailing fields of a case; everything between them is sorted.
var (
	leading  = []string{"id", "about", "ask", "kubeVersion"}
	trailing = []string{"expect"}
)

func encodeCase(fields map[string]json.RawMessage) json.RawMessage {
	var names []string
	for name := range fields {
		if !contains(leading, name) && !contains(trailing, name) {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	var out bytes.Buffer
	for _, group := range [][]string{leading, names, trailing} {
		for _, name := range group {
			value, ok := fields[name]
			if !ok {
				continue
			}
			if out.Len() == 0 {
				out.WriteByte('{')
			} else {
				out.WriteByte(',')
			}
			out.Write(quoted(name))
			out.WriteByte(':')
			out.Write(compact(value))
		}
	}
	out.WriteByte('}')
	return out.Bytes()
}

func readLines(path string) ([][]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var lines [][]byte
	scanner := bufio.NewScanner(file)
	scanner.Buffer(nil, 64<<20)
	for scanner.Scan() {
		if line := bytes.TrimSpace(scanner.Bytes()); len(line) > 0 {
			lines = append(lines, append([]byte(nil), line...))
		}
	}
	return lines, scanner.Err()
}

func compact(value json.RawMessage) []byte {
	var out bytes.Buffer
	if err := json.Compact(&out, value); err != nil {
		return value
	}
	return out.Bytes()
}

func quoted(text string) json.RawMessage { return plain(text) }

func plain(value any) json.RawMessage {
	line, err := protocol.EncodeLine(value)
	if err != nil {
		return nil
	}
	return bytes.TrimSpace(line)
}

func contains(names []string, name string) bool {
	for _, candidate := range names {
		if candidate == name {
			return true
		}
	}
	return false
}
