// Builds the native part with cargo and puts it beside the loader: kubelogic.<platform>-<arch>[-<abi>].node.
//
//   node scripts/build.mjs [--profile release] [--out FOLDER]

import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = dirname(dirname(fileURLToPath(import.meta.url)));

/** How napi-rs names this machine: `linux-x64-gnu`, `darwin-arm64`, `win32-x64-msvc`. */
export function platform() {
  const { platform, arch } = process;
  if (platform === 'linux') {
    const musl = process.report.getReport().header.glibcVersionRuntime === undefined;
    return `linux-${arch}-${musl ? 'musl' : 'gnu'}`;
  }
  return platform === 'win32' ? `win32-${arch}-msvc` : `${platform}-${arch}`;
}

/** The folder where cargo builds, whatever the environment or a configuration file says. */
export function targetFolder() {
  const metadata = execFileSync('cargo', ['metadata', '--format-version', '1', '--no-deps'], {
    cwd: here,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return JSON.parse(metadata).target_directory;
}

/** Where the macros of napi write what they know about the exported functions. */
export function typesFolder(target) {
  return join(target, 'kubelogic-node-types');
}

function library() {
  if (process.platform === 'win32') return 'kubelogic_node.dll';
  return process.platform === 'darwin' ? 'libkubelogic_node.dylib' : 'libkubelogic_node.so';
}

function build() {
  const { values } = parseArgs({
    options: {
      profile: { type: 'string', default: 'release' },
      out: { type: 'string', default: here },
    },
  });
  const target = targetFolder();
  const types = typesFolder(target);
  mkdirSync(types, { recursive: true });
  execFileSync('cargo', ['build', '--package', 'kubelogic-node', '--profile', values.profile], {
    cwd: here,
    stdio: 'inherit',
    env: { ...process.env, NAPI_TYPE_DEF_TMP_FOLDER: types },
  });
  const { napi } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
  const folder = values.profile === 'dev' ? 'debug' : values.profile;
  const file = join(values.out, `${napi.binaryName}.${platform()}.node`);
  // A running process may have the old file loaded: writing into it would crash that process.
  const fresh = `${file}.new`;
  mkdirSync(values.out, { recursive: true });
  copyFileSync(join(target, folder, library()), fresh);
  rmSync(file, { force: true });
  renameSync(fresh, file);
  console.log(file);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build();
