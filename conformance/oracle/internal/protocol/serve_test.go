package protocol

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
)

func echo(ask string, question []byte) (any, *Error) {
	switch ask {
	case "slow":
		time.Sleep(time.Millisecond)
	case "fall":
		panic("fell over")
	}
	return map[string]string{"ask": ask}, nil
}

func TestAnswersKeepTheOrderOfTheQuestions(t *testing.T) {
	var in, out bytes.Buffer
	const count = 3 * linesPerBatch
	for i := 0; i < count; i++ {
		ask := "fast"
		if i%100 == 0 {
			ask = "slow"
		}
		fmt.Fprintf(&in, "{\"id\":%d,\"ask\":%q}\n", i, ask)
	}
	if err := Serve(&in, &out, 4, echo); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != count {
		t.Fatalf("%d answers to %d questions", len(lines), count)
	}
	for i, line := range lines {
		var answer struct{ ID int }
		if err := json.Unmarshal([]byte(line), &answer); err != nil || answer.ID != i {
			t.Fatalf("answer %d is %s", i, line)
		}
	}
}

func TestPanicIsAnAnswer(t *testing.T) {
	line := string(Ask(echo, []byte(`{"id":"x","ask":"fall"}`)))
	if !strings.Contains(line, `"code":"panic"`) || !strings.Contains(line, `"id":"x"`) {
		t.Fatal(line)
	}
}

func TestAnswersAreFlushedWhileTheInputIsIdle(t *testing.T) {
	inRead, inWrite := io.Pipe()
	outRead, outWrite := io.Pipe()
	go func() { _ = Serve(inRead, outWrite, 2, echo) }()
	answered := make(chan string, 1)
	go func() {
		buffer := make([]byte, 256)
		n, _ := outRead.Read(buffer)
		answered <- string(buffer[:n])
	}()
	fmt.Fprintln(inWrite, `{"id":1,"ask":"fast"}`)
	select {
	case line := <-answered:
		if !strings.Contains(line, `"id":1`) {
			t.Fatal(line)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("no answer while the input stays open")
	}
	inWrite.Close()
}
