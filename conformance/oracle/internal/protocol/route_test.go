package protocol

import "testing"

func TestQuestionsGoToTheRoomTheyName(t *testing.T) {
	route := Route(map[string]Answerer{"one": echo})
	answer, problem := route("one.two", nil)
	if problem != nil || answer.(map[string]string)["ask"] != "one.two" {
		t.Fatalf("%v, %v", answer, problem)
	}
	if _, problem = route("two.one", nil); problem == nil || problem.Code != "unknown-ask" {
		t.Fatalf("%v", problem)
	}
}
