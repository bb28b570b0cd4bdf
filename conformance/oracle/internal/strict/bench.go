package strict

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sort"
	"syscall"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured/unstructuredscheme"
	apiruntime "k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer/json"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
)

// Measurement is one folder decoded over and over by the real strict decoder.
type Measurement struct {
	Bench           string  `json:"bench"`
	KubeVersion     string  `json:"kubeVersion"`
	Folder          string  `json:"folder"`
	Bytes           int     `json:"bytes"`
	Objects         int     `json:"objects"`
	Complaints      int     `json:"complaints"`
	Passes          int     `json:"passes"`
	BestCPUMillis   float64 `json:"bestCpuMs"`
	MedianCPUMillis float64 `json:"medianCpuMs"`
	BestWallMillis  float64 `json:"bestWallMs"`
	PeakRSSKB       int64   `json:"peakRssKb"`
}

// Bench decodes every YAML and JSON file below a folder, reading the files in
// each pass as a command would.
func Bench(folder, kubeVersion string, passes int) (Measurement, error) {
	result := Measurement{Bench: "strict", KubeVersion: kubeVersion, Folder: folder, Passes: passes}
	var files []string
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		switch filepath.Ext(path) {
		case ".yaml", ".yml", ".json":
			if !entry.IsDir() {
				files = append(files, path)
			}
		}
		return err
	})
	if err != nil {
		return result, err
	}
	var cpu, wall []float64
	for pass := 0; pass < passes; pass++ {
		runtime.GC()
		result.Bytes, result.Objects, result.Complaints = 0, 0, 0
		cpuBefore, wallBefore := cpuMillis(), time.Now()
		for _, file := range files {
			if err := result.file(file); err != nil {
				return result, fmt.Errorf("%s: %w", file, err)
			}
		}
		cpu = append(cpu, cpuMillis()-cpuBefore)
		wall = append(wall, float64(time.Since(wallBefore).Microseconds())/1000)
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

func (m *Measurement) file(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	m.Bytes += len(text)
	if utilyaml.IsJSONBuffer(text) {
		m.object(text)
		return nil
	}
	reader := utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(text)))
	for {
		document, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if len(bytes.TrimSpace(document)) > 0 {
			m.object(document)
		}
	}
}

// object decodes a document by its type, and what no built-in type describes
// as the API server first decodes a custom resource.
func (m *Measurement) object(text []byte) {
	_, found, err := decode(text, true)
	if apiruntime.IsNotRegisteredError(err) {
		object := &unstructured.Unstructured{}
		options := json.SerializerOptions{Yaml: !utilyaml.IsJSONBuffer(text), Strict: true}
		serializer := json.NewSerializerWithOptions(json.DefaultMetaFactory, nil, untyped, options)
		_, _, err = serializer.Decode(text, nil, object)
	}
	m.Objects++
	m.Complaints += len(found)
	if err != nil {
		m.Complaints++
	}
}

// untyped takes any object for what it says it is.
var untyped = unstructuredscheme.NewUnstructuredObjectTyper()

func cpuMillis() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	seconds := usage.Utime.Sec + usage.Stime.Sec
	micros := int64(usage.Utime.Usec) + int64(usage.Stime.Usec)
	return float64(seconds)*1000 + float64(micros)/1000
}
