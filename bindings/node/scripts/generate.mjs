// Writes native.cjs, native.d.ts and answers.d.ts anew from what is built. `--check` writes nothing and fails when
// a committed file differs.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { generateTypeDef, writeJsBinding } from '@napi-rs/cli';

import { answerTypes } from './answers.mjs';
import { targetFolder, typesFolder } from './build.mjs';

const here = dirname(dirname(fileURLToPath(import.meta.url)));

/** Every generated file by name. */
export async function generated() {
  const folderOfTypes = typesFolder(targetFolder());
  if (newest(folderOfTypes) < newest(join(here, 'src'))) {
    // The addon was built in another way. The macros run, and write what they know, when the crate is checked.
    const env = { ...process.env, NAPI_TYPE_DEF_TMP_FOLDER: folderOfTypes };
    mkdirSync(folderOfTypes, { recursive: true });
    execFileSync('cargo', ['check', '--package', 'kubelogic-node'], { cwd: here, stdio: 'inherit', env });
  }
  const types = await generateTypeDef({
    typeDefDir: folderOfTypes,
    cwd: here,
    noDtsHeader: false,
    constEnum: false,
  });
  const { name, version, napi } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
  const folder = mkdtempSync(join(tmpdir(), 'kubelogic-'));
  try {
    await writeJsBinding({
      platform: true,
      idents: types.exports,
      jsBinding: 'native.cjs',
      esm: false,
      binaryName: napi.binaryName,
      packageName: napi.packageName ?? name,
      version,
      outputDir: folder,
    });
    const loader = readFileSync(join(folder, 'native.cjs'), 'utf8');
    return { 'native.cjs': loader, 'native.d.ts': types.dts, 'answers.d.ts': await answers(loader) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** When a file of a folder was last changed. */
function newest(folder) {
  if (!existsSync(folder)) return 0;
  return Math.max(0, ...readdirSync(folder).map((name) => statSync(join(folder, name)).mtimeMs));
}

/** The types of answers, from the schema that the addon itself tells. */
async function answers(loader) {
  // The loader may not be written yet, or be an older one.
  const file = join(here, `loader-${process.pid}.cjs`);
  writeFileSync(file, loader);
  try {
    return answerTypes(JSON.parse(createRequire(import.meta.url)(file).schema()));
  } finally {
    rmSync(file);
  }
}

async function main() {
  const check = process.argv.includes('--check');
  const stale = [];
  for (const [name, text] of Object.entries(await generated())) {
    const file = join(here, name);
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
    stale.push(name);
    if (!check) writeFileSync(file, text);
  }
  if (check && stale.length > 0) {
    console.error(`not up to date: ${stale.join(', ')}; run \`npm run generate\``);
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
