'use strict';

// The objects of a cluster: read once, asked often.

const native = require('../native.cjs');
const { Access } = require('./access.cjs');
const { Answer } = require('./answer.cjs');
const { encode } = require('./encode.cjs');
const { QueryError, call } = require('./errors.cjs');
const { KubeObject } = require('./object.cjs');

const LOAD_OPTIONS = new Set([
  'coverage',
  'defaultNamespace',
  'fieldValidation',
  'kubeVersion',
  'onDuplicate',
  'onInvalid',
]);
const TEXT_OPTIONS = new Set(['source', ...LOAD_OPTIONS]);
const ACCESS_OPTIONS = new Set(['aggregate', 'bootstrap', 'stored']);
const EXPECT_OPTIONS = new Set(['bootstrap', 'kubeVersion']);
const FLAGS = new Set(['aggregate', 'stored']);
const REFERENCE = new Set(['group', 'kind', 'name', 'namespace']);
const natives = new WeakMap();

/** What is stored in a cluster, as a value: `with` and `without` give other clusters and change nothing. */
class Cluster {
  /** Use `Cluster.fromYaml`, `Cluster.fromPath`, `Cluster.fromPaths` or `Cluster.from`. */
  constructor(handle) {
    if (!(handle instanceof native.NativeCluster)) {
      throw wrong('a Cluster is made by Cluster.fromYaml, Cluster.fromPath, Cluster.fromPaths or Cluster.from');
    }
    natives.set(this, handle);
  }

  /** Reads YAML or JSON: text, or bytes. */
  static fromYaml(text, options = {}) {
    const { source = 'manifest', ...load } = known(options, TEXT_OPTIONS);
    const loader = create(load);
    read(loader, text, source);
    return finish(loader);
  }

  /** Reads a file, or every manifest of a folder and below it. */
  static fromPath(path, options = {}) {
    return Cluster.fromPaths([path], options);
  }

  /** Reads files and folders. */
  static fromPaths(paths, options = {}) {
    if (!Array.isArray(paths)) throw wrong('`fromPaths` wants an array of paths');
    const loader = create(known(options, LOAD_OPTIONS));
    addPaths(loader, paths);
    return finish(loader);
  }

  /** Takes objects: plain ones, instances of client classes, arrays and lists of them, and texts. */
  static from(objects, options = {}) {
    const loader = create(known(options, LOAD_OPTIONS));
    add(loader, objects);
    return finish(loader);
  }

  /** How many objects there are. */
  get size() {
    return natives.get(this).size;
  }

  get kubeVersion() {
    return natives.get(this).kubeVersion;
  }

  get defaultNamespace() {
    return natives.get(this).defaultNamespace;
  }

  /** What was noticed while reading and loading, and is no error. */
  get notes() {
    return JSON.parse(call(() => natives.get(this).notes()));
  }

  /** The same cluster with further objects; one that is already there is replaced. */
  with(objects) {
    const loader = natives.get(this).loader();
    add(loader, objects);
    return new Cluster(call(() => natives.get(this).with(loader)));
  }

  /** The same cluster without the objects that are named. */
  without(references) {
    const list = Array.isArray(references) ? references : [references];
    return new Cluster(call(() => natives.get(this).without(encode(list.map(reference)))));
  }

  /** One object by kind, name and namespace, or `undefined`. */
  find(wanted) {
    const found = call(() => natives.get(this).find(encode(reference(wanted))));
    return found === null ? undefined : new KubeObject(found);
  }

  /** Compiles the roles and bindings. Keep what you get: it answers in about a microsecond. */
  access(options = {}) {
    const settings = { ...known(options, ACCESS_OPTIONS) };
    const handle = call(() => new native.NativeAccess(natives.get(this), JSON.stringify(settings)));
    return new Access(handle, (question, given = {}, names = []) => {
      // Questions know clusters.
      const questions = require('./questions.cjs');
      return questions.answered({ ...settings, ...questions.options(given, names), ...question }, this);
    });
  }

  /** Judges the objects of kind `Expectations` in the input, line by line. */
  expect(options = {}) {
    const settings = JSON.stringify(known(options, EXPECT_OPTIONS));
    return new Answer(JSON.parse(call(() => native.expectCheck(natives.get(this), settings))));
  }

  /** States what holds now as a file of expectations: `result.text` is its YAML. */
  writeExpectations(options = {}) {
    const settings = JSON.stringify(known(options, EXPECT_OPTIONS));
    return new Answer(JSON.parse(call(() => native.expectWrite(natives.get(this), settings))));
  }

  *[Symbol.iterator]() {
    const handle = natives.get(this);
    for (let index = 0; ; index += 1) {
      const object = call(() => handle.objectAt(index));
      if (object === null) return;
      yield new KubeObject(object);
    }
  }

  [Symbol.for('nodejs.util.inspect.custom')]() {
    return `Cluster { ${this.size} objects, Kubernetes ${this.kubeVersion} }`;
  }
}

function read(loader, text, source) {
  if (typeof source !== 'string') throw wrong('`source` must be a string');
  if (typeof text === 'string') return call(() => loader.text(text, source));
  if (text instanceof Uint8Array) return call(() => loader.bytes(text, source));
  throw wrong('`fromYaml` wants text or bytes', 'objects go to Cluster.from, paths to Cluster.fromPath');
}

function addPaths(loader, paths) {
  for (const path of paths) {
    const place = path instanceof URL ? require('node:url').fileURLToPath(path) : path;
    if (typeof place !== 'string') throw wrong('a path must be a string or a file URL');
    call(() => loader.path(place));
  }
}

/** Gives everything to the loader, arrays flattened, in order. */
function add(loader, objects) {
  const single = !Array.isArray(objects);
  const items = single ? [objects] : objects.flat(Infinity);
  items.forEach((item, index) => {
    const name = single ? 'object' : `objects[${index}]`;
    if (typeof item === 'string' || item instanceof Uint8Array) {
      read(loader, item, single ? 'text' : `texts[${index}]`);
    } else if (item instanceof Cluster) {
      for (const object of item) call(() => loader.object(encode(object, name), name));
    } else if (typeof item === 'object' && item !== null) {
      call(() => loader.object(encode(item, name), name));
    } else {
      throw wrong(`\`${name}\` is no object and no text`);
    }
  });
}

function create({ coverage, kubeVersion, ...settings }) {
  const loader = call(() => new native.Loader(JSON.stringify(settings), kubeVersion));
  if (coverage !== undefined) {
    // What an object of this kind in the input would declare.
    const declared = { apiVersion: 'kubelogic/v1alpha1', kind: 'Coverage', ...coverage };
    call(() => loader.object(encode(declared, 'coverage'), 'coverage'));
  }
  return loader;
}

function finish(loader) {
  return new Cluster(call(() => loader.load()));
}

/** An object with nothing but its name, from an object or from a reference to one. */
function reference(value) {
  if (typeof value !== 'object' || value === null) {
    throw wrong('an object is named by {group, kind, name, namespace}, or by the object itself');
  }
  if (value instanceof KubeObject || value.metadata !== undefined) {
    const { apiVersion, kind, name, namespace } =
      value instanceof KubeObject ? value : { ...value, ...value.metadata, kind: value.kind };
    return { apiVersion, kind, metadata: { name, namespace } };
  }
  const { group = '', kind, name, namespace } = known(value, REFERENCE);
  return { apiVersion: group === '' ? 'v1' : `${group}/v1`, kind, metadata: { name, namespace } };
}

/** Options with nothing unknown among them: a misspelt option would be no option. */
function known(options, names) {
  if (typeof options !== 'object' || options === null) throw wrong('options must be an object');
  for (const [key, value] of Object.entries(options)) {
    if (!names.has(key)) throw wrong(`there is no option \`${key}\``, `there is ${[...names].sort().join(', ')}`);
    const type = key === 'coverage' ? 'object' : FLAGS.has(key) ? 'boolean' : 'string';
    if (value !== undefined && (typeof value !== type || value === null)) {
      throw wrong(`\`${key}\` must be ${type === 'object' ? 'an' : 'a'} ${type}`);
    }
  }
  return options;
}

function wrong(message, help) {
  return new QueryError(message, { code: 'query/wrong-argument', help });
}

/** The native cluster behind a Cluster. */
function nativeCluster(cluster) {
  const handle = natives.get(cluster);
  if (handle === undefined) throw wrong('this is no Cluster');
  return handle;
}

/** A loader that has read objects, texts, and files below paths. */
function gather({ objects = [], paths = [], source }, settings) {
  const loader = create(settings);
  if (source !== undefined) read(loader, objects, source);
  else add(loader, objects);
  addPaths(loader, paths);
  return loader;
}

module.exports = { Cluster, gather, nativeCluster };
