package protocol

import "testing"

func TestQuestionsGoToTheRoomTheyName(t *testing.T) {
	route := Route(map[string]Answerer{"one": echo})
	answer, problem := route("one.two", nil)
	if problem != nil || answer.(map[string]string)["ask"] != "one.two" {
		t.Fatalf("%v, %v", answer, problem)
	}
	refuse := func(string, []byte) (any, *Error) { return nil, Errorf("own", "") }
	whole := Route(map[string]Answerer{"one": echo, "one.two": refuse})
	if _, problem = whole("one.two", nil); problem == nil || problem.Code != "own" {
		t.Fatalf("%v", problem)
	}
	if _, problem = route("two.one", nil); problem == nil || problem.Code != "unknown-ask" {
		t.Fatalf("%v", problem)
	}
}
