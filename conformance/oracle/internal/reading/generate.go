package reading

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"strings"
	"unicode/utf8"
)

// Generated is one generated question.
type Generated struct {
	ID        string  `json:"id"`
	Ask       string  `json:"ask"`
	Canonical bool    `json:"canonical"`
	Text      *string `json:"text,omitempty"`
	Bytes     []byte  `json:"bytes,omitempty"`
}

// largestSeed is where seed texts are cut; small texts make many questions.
const largestSeed = 2000

// Seeds collects texts to change: the texts of case inputs (*.jsonl), and of
// other files every document.
func Seeds(paths []string) ([][]byte, error) {
	var seeds [][]byte
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		if !strings.HasSuffix(path, ".jsonl") {
			for _, document := range bytes.Split(content, []byte("\n---\n")) {
				seeds = append(seeds, shortened(document))
			}
			continue
		}
		lines := bufio.NewScanner(bytes.NewReader(content))
		lines.Buffer(nil, len(content)+1)
		for lines.Scan() {
			var question Question
			if err := json.Unmarshal(lines.Bytes(), &question); err != nil {
				return nil, fmt.Errorf("%s: %w", path, err)
			}
			seeds = append(seeds, shortened(question.input()))
		}
	}
	if len(seeds) == 0 {
		return nil, fmt.Errorf("no seed texts")
	}
	return seeds, nil
}

func shortened(text []byte) []byte {
	if len(text) <= largestSeed {
		return text
	}
	cut := text[:largestSeed]
	if end := bytes.LastIndexByte(cut, '\n'); end > 0 {
		cut = cut[:end+1]
	}
	return cut
}

// GenerateQuestion changes one seed text in a few places. The same seeds, seed
// and number always make the same question.
func GenerateQuestion(seeds [][]byte, seed, number int64) Generated {
	m := mutator{rand.New(rand.NewSource(seed*1_000_003 + number)), seeds}
	text := append([]byte(nil), m.seed()...)
	for changes := 1 + m.random.Intn(4); changes > 0; changes-- {
		text = m.change(text)
	}
	question := Generated{ID: fmt.Sprintf("generated/%d-%d", seed, number), Ask: "read.yaml", Canonical: true}
	if m.random.Intn(3) == 0 {
		question.Ask = "read.documents"
	}
	if utf8.Valid(text) {
		converted := string(text)
		question.Text = &converted
	} else {
		question.Bytes = text
	}
	return question
}

type mutator struct {
	random *rand.Rand
	seeds  [][]byte
}

// tokens are pieces of text that mean something to a reader.
var tokens = []string{
	":", ": ", "- ", "? ", ", ", "#", " #", "&a ", "*a", "*a ", "!!str ", "!!int ", "!x ", "|\n", ">-\n", "|2+\n",
	"'", "\"", "[", "]", "{", "}", "{}", "[]", "\n", "\r\n", "\r", "\t", " ", "  ", "\n\n", "---\n", "\n---\n", "...\n", "%YAML 1.1\n",
	"<<: *a\n", "<<: {a: 1}\n", "~", "null", "yes", "0644", "0x1F", "1e3", "1_000", ".inf", "-0", "9223372036854775808", "1.0",
	"\\n", "\\/", "\\x41", "\\u2028", "\u0085", "\u2028", "\ufeff", "\u00a0", "é", "😀", "\x00", "\x01", "a: 1\n", "{\"a\":1}", "{\"a\":1}\n{\"b\":2}\n",
	"items:\n- ", "kind: List\n", "a: &a {b: 1}\n", "@", "`", "%", "=", "\xff", "\xc3",
}

func (m mutator) seed() []byte { return m.seeds[m.random.Intn(len(m.seeds))] }

func (m mutator) change(text []byte) []byte {
	at := m.random.Intn(len(text) + 1)
	switch m.random.Intn(10) {
	case 0, 1, 2:
		return splice(text, at, at, []byte(tokens[m.random.Intn(len(tokens))]))
	case 3:
		return splice(text, at, min(at+1+m.random.Intn(4), len(text)), nil)
	case 4:
		return splice(text, at, min(at+1, len(text)), []byte(tokens[m.random.Intn(len(tokens))]))
	case 5:
		return m.changeLines(text)
	case 6:
		return m.indent(text)
	case 7:
		from := m.random.Intn(len(text) + 1)
		to := min(from+1+m.random.Intn(30), len(text))
		return splice(text, at, at, append([]byte(nil), text[from:to]...))
	case 8:
		other := m.seed()
		from := m.random.Intn(len(other) + 1)
		return splice(text, at, at, other[from:min(from+1+m.random.Intn(60), len(other))])
	default:
		return text[:at]
	}
}

// changeLines deletes, repeats or swaps lines.
func (m mutator) changeLines(text []byte) []byte {
	lines := bytes.SplitAfter(text, []byte("\n"))
	one, two := m.random.Intn(len(lines)), m.random.Intn(len(lines))
	switch m.random.Intn(3) {
	case 0:
		lines[one] = nil
	case 1:
		lines[one] = bytes.Repeat(lines[one], 2)
	default:
		lines[one], lines[two] = lines[two], lines[one]
	}
	return bytes.Join(lines, nil)
}

func (m mutator) indent(text []byte) []byte {
	lines := bytes.SplitAfter(text, []byte("\n"))
	line := m.random.Intn(len(lines))
	switch m.random.Intn(3) {
	case 0:
		lines[line] = append([]byte(" "), lines[line]...)
	case 1:
		lines[line] = append([]byte("  "), lines[line]...)
	default:
		lines[line] = bytes.TrimPrefix(lines[line], []byte(" "))
	}
	return bytes.Join(lines, nil)
}

func splice(text []byte, from, to int, insert []byte) []byte {
	result := make([]byte, 0, len(text)+len(insert))
	result = append(result, text[:from]...)
	result = append(result, insert...)
	return append(result, text[to:]...)
}
