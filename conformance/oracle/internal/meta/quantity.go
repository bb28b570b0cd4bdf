package meta

import (
	"encoding/json"
	"math"
	"math/big"
	"strconv"
	"strings"

	inf "gopkg.in/inf.v0"
	"k8s.io/apimachinery/pkg/api/resource"

	"kubelogic/conformance/oracle/internal/protocol"
)

type quantity struct {
	// As it is printed after reading, and after a calculation.
	Text      string `json:"text"`
	Canonical string `json:"canonical"`
	Format    string `json:"format"`
	Sign      int    `json:"sign"`
	// Left out where upstream's 64 bits overflow.
	Value      *int64 `json:"value,omitempty"`
	MilliValue *int64 `json:"milliValue,omitempty"`
	// Null where upstream has no quick way to a whole number.
	AsInt64 *int64 `json:"asInt64"`
	// Null where it is no finite number.
	Approximate json.RawMessage `json:"approximate"`
}

func quantities(question *texts) (any, *protocol.Error) {
	results := make([]any, len(question.Texts))
	for i, text := range question.Texts {
		parsed, err := parseQuantity(text, question.JSON)
		if err != nil {
			results[i] = refused(err)
			continue
		}
		results[i] = describe(parsed)
	}
	return map[string]any{"quantities": results}, nil
}

func parseQuantity(text string, isJSON bool) (resource.Quantity, error) {
	if !isJSON {
		return resource.ParseQuantity(text)
	}
	var parsed resource.Quantity
	err := parsed.UnmarshalJSON([]byte(text))
	return parsed, err
}

func describe(parsed resource.Quantity) quantity {
	again := parsed.DeepCopy()
	again.Add(resource.Quantity{Format: parsed.Format})
	result := quantity{
		Text:       parsed.String(),
		Canonical:  again.String(),
		Format:     string(parsed.Format),
		Sign:       parsed.Sign(),
		Value:      scaled(parsed, 0),
		MilliValue: scaled(parsed, resource.Milli),
	}
	if result.Format == "" {
		// Only nothing has no format, and it is never printed with one.
		result.Format = string(resource.DecimalSI)
	}
	if whole, ok := parsed.AsInt64(); ok {
		result.AsInt64 = &whole
	}
	result.Approximate = floating(parsed.AsApproximateFloat64())
	return result
}

// floating writes a number as Rust's JSON writer does, never as a whole one:
// readers that are off in the last place are then off by the same.
func floating(number float64) json.RawMessage {
	if math.IsInf(number, 0) || math.IsNaN(number) {
		return json.RawMessage("null")
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(number, 'e', -1, 64), "e")
	power, _ := strconv.Atoi(exponent)
	if power < -5 || power > 15 {
		return json.RawMessage(mantissa + "e" + strconv.Itoa(power))
	}
	plain := strconv.FormatFloat(number, 'f', -1, 64)
	if !strings.Contains(plain, ".") {
		plain += ".0"
	}
	return json.RawMessage(plain)
}

// largestExponent keeps the exact check from calculating for minutes.
const largestExponent = 100

// scaled is what upstream answers, or nothing where its 64 bits overflow on
// the way.
func scaled(parsed resource.Quantity, scale resource.Scale) *int64 {
	value := parsed.ScaledValue(scale)
	copied := parsed.DeepCopy()
	_, isSmall := copied.AsInt64()
	exact := copied.AsDec()
	if exact.Sign() == 0 {
		return &value
	}
	if exact.Scale() < -largestExponent {
		return nil
	}
	unscaled := exact.UnscaledBig()
	if !isSmall && unscaled.Sign() < 0 && !unscaled.IsInt64() {
		// Its quick way cuts off the upper bits of such a number.
		if fewer := int(exact.Scale()) + int(scale); fewer > 0 && fewer < 19 {
			return nil
		}
	}
	limit := new(big.Int).SetUint64(1<<63 - 1)
	rounded := new(inf.Dec).Round(exact, inf.Scale(-scale), inf.RoundUp)
	if rounded == nil || new(big.Int).Abs(rounded.UnscaledBig()).Cmp(limit) > 0 {
		return nil
	}
	return &value
}

type arithmetic struct {
	Items []struct {
		Left  string `json:"left"`
		Op    string `json:"op"`
		Right string `json:"right"`
		// The factor of `mul` and the scale of `round-up`.
		Number int64 `json:"number"`
	} `json:"items"`
}

type calculated struct {
	Text   string `json:"text"`
	Format string `json:"format"`
	// Of `mul` and `round-up`.
	Exact *bool `json:"exact,omitempty"`
	// Of `compare`: -1, 0 or 1.
	Order *int `json:"order,omitempty"`
}

func quantityArithmetic(question *arithmetic) (any, *protocol.Error) {
	results := make([]any, len(question.Items))
	for i, item := range question.Items {
		left, err := resource.ParseQuantity(item.Left)
		if err != nil {
			results[i] = refused(err)
			continue
		}
		var right resource.Quantity
		switch item.Op {
		case "add", "sub", "compare":
			if right, err = resource.ParseQuantity(item.Right); err != nil {
				results[i] = refused(err)
				continue
			}
		}
		result := calculated{}
		switch item.Op {
		case "add":
			left.Add(right)
		case "sub":
			left.Sub(right)
		case "neg":
			left.Neg()
		case "mul":
			exact := left.Mul(item.Number)
			result.Exact = &exact
		case "round-up":
			exact := left.RoundUp(resource.Scale(item.Number))
			result.Exact = &exact
		case "compare":
			order := left.Cmp(right)
			result.Order = &order
		default:
			return nil, protocol.Errorf("bad-question", "no such operation: %q", item.Op)
		}
		result.Text = left.String()
		result.Format = string(left.Format)
		results[i] = result
	}
	return map[string]any{"results": results}, nil
}

// jsonText reads a JSON value of a type.
func jsonText[Type any](text string) (Type, error) {
	var value Type
	err := json.Unmarshal([]byte(text), &value)
	return value, err
}
