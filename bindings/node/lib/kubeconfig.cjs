'use strict';

// kubeconfig files: what they say together, which server a client talks to, as whom, and why.

const { homedir } = require('node:os');
const { resolve: absolute, join } = require('node:path');
const { fileURLToPath } = require('node:url');

const native = require('../native.cjs');
const { Answer } = require('./answer.cjs');
const { encode } = require('./encode.cjs');
const { call } = require('./errors.cjs');
const { wrong } = require('./handles.cjs');
const { options } = require('./questions.cjs');

const WHERE = ['explicit', 'files', 'home', 'kubeVersion', 'kubeconfig', 'paths', 'raw', 'workingDirectory'];

/** What kubeconfig files say together, as `kubectl config view` shows it. */
function load(given, settings = {}) {
  const { resolvePaths, ...where } = options(settings, [...WHERE, 'resolvePaths']);
  return asked('kubeconfig.load', given, where, { resolvePaths });
}

/** Which API server a client talks to, as whom, in which namespace, and where each of these is written. */
function resolve(given, settings = {}) {
  const { overrides, ...where } = options(settings, [...WHERE, 'overrides']);
  return asked('kubeconfig.resolve', given, where, { overrides });
}

function asked(ask, given, { files, paths, home, raw, kubeVersion, workingDirectory, ...named }, rest) {
  const inputs = given === undefined ? [] : Array.isArray(given) ? given : [given];
  const list = (paths === undefined || Array.isArray(paths) ? paths : [paths])?.map(pathText);
  const explicit = named.explicit === undefined ? undefined : pathText(named.explicit);
  let { kubeconfig } = named;
  // As for kubectl, the flag wins over the variable.
  const ways = [inputs.length > 0, list !== undefined, (explicit ?? kubeconfig) !== undefined].filter(Boolean);
  if (ways.length > 1) throw wrong('give kubeconfigs, or `paths`, or name files by `explicit` or `kubeconfig`');
  // With files of the program no other file is looked at.
  const disk = files === undefined;
  const directory = disk ? absolute(workingDirectory ?? process.cwd()) : (workingDirectory ?? '/');
  if (disk && ways.length === 0 && home === undefined) {
    kubeconfig = process.env.KUBECONFIG;
    home = homedir();
  }
  const texts = Object.entries(files ?? {}).map(([path, text]) => ({ path, text }));
  const names = inputs.map((input, index) => {
    const name = index === 0 ? 'kubeconfig' : `kubeconfig-${index + 1}`;
    texts.push({ path: join(directory, name), text: textOf(input) });
    return name;
  });
  const unlisted = list?.find((path) => path.includes(':'));
  if (unlisted !== undefined) throw wrong(`\`${unlisted}\` cannot stand in a list whose parts are separated by colons`);
  if (names.length > 0 || list !== undefined) kubeconfig = [...names, ...(list ?? [])].join(':');
  const question = { ask, files: texts, kubeconfig, explicit, home, workingDirectory: directory, raw, kubeVersion, ...rest };
  return new Answer(JSON.parse(call(() => native.answerWithFiles(encode(question, 'question'), disk))));
}

/** A kubeconfig as text. */
function textOf(input) {
  if (typeof input === 'string') return input;
  if (input instanceof Uint8Array) {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(input);
    } catch {
      throw wrong('a kubeconfig is UTF-8, and these bytes are not');
    }
  }
  if (typeof input === 'object' && input !== null) return encode(input, 'kubeconfig');
  throw wrong(`a kubeconfig is a text, bytes or an object, not ${input === null ? 'null' : typeof input}`, 'files go by `paths`');
}

function pathText(path) {
  const text = path instanceof URL ? fileURLToPath(path) : path;
  if (typeof text !== 'string') throw wrong('a path must be a string or a file URL');
  return text;
}

module.exports = { load, resolve };
