// Text to a handle on which every node answers, beside a warm js-yaml on the same text; and the same plus conversion
// to plain objects. Prints rows of a table.
//
//   node bench/node_read.mjs FILE… [--rounds 15]

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';

import yaml from 'js-yaml';
import { Cluster } from 'kubelogic';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '15' } },
});
const rounds = Number(values.rounds);
if (positionals.length === 0) {
  console.error('usage: node bench/node_read.mjs FILE… [--rounds N]');
  process.exit(2);
}

/** The quickest and the middle of some rounds in milliseconds; the first rounds only warm up. */
function measure(run) {
  const times = [];
  for (let round = 0; round < rounds + 5; round += 1) {
    const start = process.hrtime.bigint();
    run();
    if (round >= 5) times.push(Number(process.hrtime.bigint() - start) / 1e6);
  }
  times.sort((one, other) => one - other);
  return { best: times[0], median: times[times.length >> 1] };
}

const ms = (time) => time.toFixed(2).padStart(8);

console.log('| file | MB | what | best ms | median ms | js-yaml / this |');
console.log('| --- | ---: | --- | ---: | ---: | ---: |');
for (const file of positionals) {
  const text = readFileSync(file, 'utf8');
  const bytes = readFileSync(file);
  const options = { onDuplicate: 'last', fieldValidation: 'ignore' };
  const load = () => Cluster.fromYaml(text, options);
  const reference = measure(() => yaml.loadAll(text));
  const parsed = yaml.loadAll(text).filter((one) => typeof one === 'object' && one !== null);
  const rows = [
    ['js-yaml loadAll', reference],
    ['text to handle', measure(load)],
    ['bytes to handle', measure(() => Cluster.fromYaml(bytes, options))],
    ['text to handle to objects', measure(() => Array.from(load(), (object) => object.toJSON()))],
    ['objects to handle', measure(() => Cluster.from(parsed, options))],
  ];
  for (const [what, { best, median }] of rows) {
    const ratio = (reference.median / median).toFixed(2);
    console.log(`| ${basename(file)} | ${(bytes.length / 1e6).toFixed(1)} | ${what} | ${ms(best)} | ${ms(median)} | ${ratio} |`);
  }
}
