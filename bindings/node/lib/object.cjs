'use strict';

// One object of a cluster.

const { call } = require('./errors.cjs');

/** One Kubernetes object as it was read, with the place of every value. It never changes. */
class KubeObject {
  #native;

  constructor(native) {
    this.#native = native;
  }

  get apiVersion() {
    return this.#native.apiVersion;
  }

  get kind() {
    return this.#native.kind;
  }

  /** `metadata.name`, or the empty text. */
  get name() {
    return this.#native.name;
  }

  /** `metadata.namespace` as it is written, or the empty text. */
  get namespace() {
    return this.#native.namespace;
  }

  /** The value at a path such as `spec.containers[0].image` or `data[a.b]`; `undefined` when nothing is there. */
  get(path) {
    const json = call(() => this.#native.at(path));
    return json === null ? undefined : JSON.parse(json);
  }

  /** Source, document, line and column of the value at a path, or of the object; `undefined` when nothing is there. */
  position(path = '') {
    const json = call(() => this.#native.location(path));
    return json === null ? undefined : JSON.parse(json);
  }

  /** The whole object, as a new plain object. */
  toJSON() {
    return JSON.parse(call(() => this.#native.json()));
  }

  // Kind and name only: what an object holds may be a secret.
  [Symbol.for('nodejs.util.inspect.custom')]() {
    const name = this.namespace === '' ? this.name : `${this.namespace}/${this.name}`;
    return `KubeObject { ${this.kind} ${name} }`;
  }
}

module.exports = { KubeObject };
