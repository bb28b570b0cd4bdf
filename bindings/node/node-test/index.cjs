'use strict';

// Expectations as tests of node:test: one test per line of the objects of kind `Expectations`.

const { test: nodeTest } = require('node:test');

const { place } = require('../lib/answer.cjs');
const { Cluster } = require('../lib/cluster.cjs');

const OPTIONS = new Set(['bootstrap', 'coverage', 'defaultNamespace', 'fieldValidation', 'kubeVersion', 'name',
  'onDuplicate', 'onInvalid', 'test']);

/** An expectation that does not hold. Its stack is the place of the line. */
class ExpectationError extends Error {
  constructor(finding) {
    const related = (finding.related ?? []).map((one) => `  ${place(one.location)}: ${one.message}`);
    const help = finding.help === undefined ? [] : [`  help: ${finding.help}`];
    super([`${finding.severity}[${finding.code}]: ${finding.message}`, ...related, ...help].join('\n'));
    this.name = 'ExpectationError';
    this.code = finding.code;
    this.finding = finding;
    this.stack = `${this.name}: ${this.message}\n    at ${place(finding.location)}`;
  }
}

/**
 * Makes a test of every expectation in files and folders, which are one cluster. A line that does not hold, is
 * undecided or cannot be read is a test that fails.
 */
async function expectations(paths, options = {}) {
  for (const key of Object.keys(options)) {
    if (!OPTIONS.has(key)) throw new TypeError(`there is no option \`${key}\`; there is ${[...OPTIONS].join(', ')}`);
  }
  const { bootstrap, kubeVersion, name, test = nodeTest, ...load } = options;
  const list = Array.isArray(paths) ? paths : [paths];
  const title = name ?? `expectations of ${list.join(', ')}`;
  await test(title, async (context) => {
    const cluster = Cluster.fromPaths(list, { ...load, kubeVersion });
    const { result } = cluster.expect({ bootstrap, kubeVersion }).toJSON();
    const { lines, findings } = result;
    if (lines.length === 0 && findings.length === 0) throw new Error(`there are no expectations in ${list.join(', ')}`);
    const outcomes = [];
    for (const finding of findings) {
      if (finding.severity === 'error') outcomes.push(context.test(finding.message, fails(finding)));
      else context.diagnostic(`${place(finding.location)}: ${finding.severity}[${finding.code}]: ${finding.message}`);
    }
    for (const line of lines) {
      outcomes.push(context.test(line.text, line.outcome === 'holds' ? () => {} : fails(line.finding)));
    }
    await Promise.all(outcomes);
  });
}

function fails(finding) {
  return () => {
    throw new ExpectationError(finding);
  };
}

module.exports = { ExpectationError, expectations };
