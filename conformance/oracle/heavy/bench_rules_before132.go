//go:build before132

package main

import "errors"

func benchRules([]string) { exitOn(errors.New("rules are measured from 1.32 on")) }
