package reading

import (
	"errors"

	utilerrors "k8s.io/apimachinery/pkg/util/errors"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/cli-runtime/pkg/resource"
)

// Objects is what kubectl would act on, each list in the order of the visit.
type Objects struct {
	Objects []Value  `json:"objects"`
	Errors  []string `json:"errors"`
}

// streamName is what error texts call the input.
const streamName = "input"

// readObjects reads a stream as a local kubectl command does: lists flattened,
// one object that cannot be decoded does not hide the others.
func readObjects(question *Question) any {
	answer := Objects{Objects: []Value{}, Errors: []string{}}
	builder := resource.NewLocalBuilder().
		Unstructured().
		ContinueOnError().
		Stream(kubectlReader(question.input()), streamName).
		Flatten()
	if question.DefaultNamespace != "" {
		builder = builder.NamespaceParam(question.DefaultNamespace).DefaultNamespace()
	}
	err := builder.Do().Visit(func(info *resource.Info, err error) error {
		if err != nil {
			return err
		}
		answer.Objects = append(answer.Objects, valueOf(utiljson.Marshal(info.Object)))
		return nil
	})
	collectErrors(err, &answer.Errors)
	return answer
}

// collectErrors spells out what upstream aggregated, in order and with
// repetitions, which the aggregate's own text would drop.
func collectErrors(err error, into *[]string) {
	if err == nil {
		return
	}
	var aggregate utilerrors.Aggregate
	if errors.As(err, &aggregate) {
		for _, inner := range aggregate.Errors() {
			collectErrors(inner, into)
		}
		return
	}
	*into = append(*into, err.Error())
}
