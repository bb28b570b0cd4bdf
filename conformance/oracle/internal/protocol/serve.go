// Package protocol speaks the oracle's language: one JSON question a line in,
// one JSON answer a line out, in the order of the questions.
package protocol

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"
)

// Error is an answer that could not be given: the question was wrong, or the
// real component panicked. A refusal by the real component is not an Error but
// part of the answer.
type Error struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Errorf makes an Error with a kebab-case code.
func Errorf(code, format string, arguments ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, arguments...)}
}

// Answerer answers one question, given as its whole JSON object. The value it
// returns is encoded as the answer.
type Answerer func(ask string, question []byte) (any, *Error)

// Route sends a question to whoever answers it by its whole name, or else to
// whoever answers those with its first word, the part of `ask` before the dot.
func Route(rooms map[string]Answerer) Answerer {
	return func(ask string, question []byte) (any, *Error) {
		answerer, known := rooms[ask]
		if !known {
			room, _, _ := strings.Cut(ask, ".")
			answerer, known = rooms[room]
		}
		if !known {
			return nil, Errorf("unknown-ask", "nobody here answers %q", ask)
		}
		return answerer(ask, question)
	}
}

type head struct {
	ID          json.RawMessage `json:"id"`
	Ask         string          `json:"ask"`
	KubeVersion string          `json:"kubeVersion"`
}

type reply struct {
	ID     json.RawMessage `json:"id,omitempty"`
	Answer any             `json:"answer,omitempty"`
	Error  *Error          `json:"error,omitempty"`
}

// Ask answers one question line. It never panics: a panic of the real
// component becomes the error "panic".
func Ask(answerer Answerer, line []byte) []byte {
	var question head
	response := reply{}
	if err := json.Unmarshal(line, &question); err != nil {
		response.Error = Errorf("bad-question", "%v", err)
		return encode(response)
	}
	response.ID = question.ID
	if problem := versionMismatch(question.KubeVersion); problem != nil {
		response.Error = problem
		return encode(response)
	}
	response.Answer, response.Error = guarded(answerer, question.Ask, line)
	if response.Error != nil {
		response.Answer = nil
	}
	return encode(response)
}

func guarded(answerer Answerer, ask string, line []byte) (answer any, problem *Error) {
	defer func() {
		if cause := recover(); cause != nil {
			answer = nil
			problem = Errorf("panic", "%v", cause)
			if _, ok := cause.(error); !ok {
				problem.Message = fmt.Sprintf("%v\n%s", cause, debug.Stack())
			}
		}
	}()
	return answerer(ask, line)
}

func encode(value any) []byte {
	text, err := EncodeLine(value)
	if err != nil {
		text, _ = EncodeLine(reply{Error: Errorf("bad-answer", "%v", err)})
	}
	return text
}

// EncodeLine writes a value as one line of JSON without HTML escapes, newline
// included.
func EncodeLine(value any) ([]byte, error) {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, err
	}
	return buffer.Bytes(), nil
}

// linesPerBatch is how many questions one worker takes at once while more
// input is waiting. A batch ends early when the input runs dry.
const linesPerBatch = 128

type batch struct {
	lines   [][]byte
	answers []byte
	done    chan struct{}
}

// Serve answers questions from in until it ends. Workers run side by side, the
// answers keep the order of the questions, and output is flushed whenever no
// further answer is ready.
func Serve(in io.Reader, out io.Writer, workers int, answerer Answerer) error {
	if workers < 1 {
		workers = 1
	}
	queue := make(chan *batch, workers*4)
	ordered := make(chan *batch, workers*4)
	for i := 0; i < workers; i++ {
		go func() {
			for work := range queue {
				for _, line := range work.lines {
					work.answers = append(work.answers, Ask(answerer, line)...)
				}
				close(work.done)
			}
		}()
	}
	readResult := make(chan error, 1)
	go func() {
		readResult <- readBatches(in, func(work *batch) {
			ordered <- work
			queue <- work
		})
		close(queue)
		close(ordered)
	}()

	writer := bufio.NewWriterSize(out, 1<<16)
	for work := range ordered {
		<-work.done
		if _, err := writer.Write(work.answers); err != nil {
			return err
		}
		if len(ordered) == 0 {
			if err := writer.Flush(); err != nil {
				return err
			}
		}
	}
	if err := writer.Flush(); err != nil {
		return err
	}
	return <-readResult
}

// RelaxCollector trades memory for speed unless GOGC says otherwise. Questions
// are small and short-lived, so the collector would run all the time.
func RelaxCollector() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(800)
		debug.SetMemoryLimit(4 << 30)
	}
}

func readBatches(in io.Reader, emit func(*batch)) error {
	reader := bufio.NewReaderSize(in, 1<<16)
	work := &batch{done: make(chan struct{})}
	for {
		line, err := reader.ReadBytes('\n')
		if trimmed := bytes.TrimSpace(line); len(trimmed) > 0 {
			work.lines = append(work.lines, trimmed)
		}
		if len(work.lines) > 0 && (err != nil || len(work.lines) >= linesPerBatch || reader.Buffered() == 0) {
			emit(work)
			work = &batch{done: make(chan struct{})}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
