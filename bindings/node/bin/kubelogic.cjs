#!/usr/bin/env node
'use strict';

const native = require('../native.cjs');

try {
  process.exitCode = native.command(['kubelogic', ...process.argv.slice(2)]);
} catch (error) {
  console.error(`bug in kubelogic: ${error.message}`);
  process.exitCode = 2;
}
