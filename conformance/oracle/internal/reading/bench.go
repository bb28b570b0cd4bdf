package reading

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"runtime"
	"sort"
	"syscall"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
)

// Measurement is one file read over and over by the real reader.
type Measurement struct {
	Bench           string  `json:"bench"`
	KubeVersion     string  `json:"kubeVersion"`
	File            string  `json:"file"`
	Bytes           int     `json:"bytes"`
	Documents       int     `json:"documents"`
	Passes          int     `json:"passes"`
	BestCPUMillis   float64 `json:"bestCpuMs"`
	MedianCPUMillis float64 `json:"medianCpuMs"`
	BestWallMillis  float64 `json:"bestWallMs"`
	PeakRSSKB       int64   `json:"peakRssKb"`
}

// Bench reads a file into unstructured objects, single-threaded, and keeps the
// objects of a pass alive until the pass ends.
func Bench(file, kubeVersion string, passes int) (Measurement, error) {
	input, err := os.ReadFile(file)
	if err != nil {
		return Measurement{}, err
	}
	runtime.GOMAXPROCS(1)
	result := Measurement{Bench: "read", KubeVersion: kubeVersion, File: file, Bytes: len(input), Passes: passes}
	var cpu, wall []float64
	for pass := 0; pass < passes; pass++ {
		runtime.GC()
		cpuBefore, wallBefore := cpuMillis(), time.Now()
		objects, err := readUnstructured(input)
		cpu = append(cpu, cpuMillis()-cpuBefore)
		wall = append(wall, float64(time.Since(wallBefore).Microseconds())/1000)
		if err != nil {
			return Measurement{}, fmt.Errorf("document %d: %w", len(objects)+1, err)
		}
		result.Documents = len(objects)
	}
	sort.Float64s(cpu)
	sort.Float64s(wall)
	if len(cpu) > 0 {
		result.BestCPUMillis, result.MedianCPUMillis = cpu[0], cpu[len(cpu)/2]
		result.BestWallMillis = wall[0]
	}
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err == nil {
		result.PeakRSSKB = usage.Maxrss
	}
	return result, nil
}

func readUnstructured(input []byte) ([]*unstructured.Unstructured, error) {
	var objects []*unstructured.Unstructured
	decoder := utilyaml.NewYAMLOrJSONDecoder(bytes.NewReader(input), 4096)
	for {
		object := &unstructured.Unstructured{}
		if err := decoder.Decode(object); err == io.EOF {
			return objects, nil
		} else if err != nil {
			return objects, err
		}
		if len(object.Object) > 0 {
			objects = append(objects, object)
		}
	}
}

func cpuMillis() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	seconds := usage.Utime.Sec + usage.Stime.Sec
	micros := int64(usage.Utime.Usec) + int64(usage.Stime.Usec)
	return float64(seconds)*1000 + float64(micros)/1000
}
