//go:build !since133

package strict

// isConfiguration knows no files of components: they are compared from 1.33 on.
func isConfiguration(error) (decoders, bool) { return decoders{}, false }
