'use strict';

// What can go wrong, as classes. The native part throws errors whose message is JSON; `call` turns them into these.

// Of a thousand problems the first ones tell enough; `problems` has them all.
const SHOWN = 20;

/** The root of every error of this package. */
class KubeError extends Error {
  /**
   * @param {string} message
   * @param {object} [details] code, path, line, column, source, document, item, problems, help
   */
  constructor(message, details = {}) {
    super(describe(message, details));
    this.code = details.code ?? 'internal/unknown';
    // Only what is known becomes a property, so that a printed error stays short.
    for (const name of ['source', 'document', 'item', 'path', 'line', 'column', 'help']) {
      if (details[name] !== undefined && details[name] !== null) this[name] = details[name];
    }
    this.problems = details.problems ?? [];
  }

  toJSON() {
    return { name: this.name, message: this.message, ...this };
  }
}

/** The message with its place in front, the further problems, and the help, a line each. */
function describe(message, { source, document, line, column, problems = [], help }) {
  // What stands for several problems names no place of its own.
  const [first] = message.split('\n', 1);
  const own = problems.length < 2 || problems[0].message === first;
  const lines = [own ? `${place({ source, document, line, column })}${first}` : first];
  const more = own ? problems.slice(1) : problems;
  for (const problem of more.slice(0, SHOWN)) lines.push(`${place(problem.location ?? {})}${problem.message}`);
  if (more.length > SHOWN) lines.push(`and ${more.length - SHOWN} more`);
  if (help !== undefined) lines.push(`help: ${help}`);
  return lines.join('\n');
}

function place({ source, document, line, column }) {
  if (source === undefined) return '';
  if (line !== undefined) return `${source}:${line}:${column}: `;
  return document > 1 ? `${source} (document ${document}): ` : `${source}: `;
}

/** An input cannot be read: no YAML or JSON, too large, too deep, an unreadable file. */
class ReadError extends KubeError {}
/** A value has no place in a Kubernetes object, or a field is unknown or has the wrong type. */
class DecodeError extends KubeError {}
/** What was read does not make a cluster: differing duplicates, objects that the API server would refuse. */
class LoadError extends KubeError {}
/** A yes or no that the given input does not settle. */
class Undecided extends KubeError {}
/** The question itself is wrong: an unknown option, a missing verb, an unsupported version. */
class QueryError extends KubeError {}
/** A bug in kubelogic. */
class InternalError extends KubeError {}

const classes = { KubeError, ReadError, DecodeError, LoadError, Undecided, QueryError, InternalError };
for (const [name, type] of Object.entries(classes)) {
  Object.defineProperty(type.prototype, 'name', { value: name, configurable: true, writable: true });
}

/** The error that the native part meant. */
function fromNative(error) {
  if (error instanceof KubeError || !(error instanceof Error)) return error;
  if (error.code === 'InvalidArg' || error.code?.endsWith?.('Expected')) {
    return new QueryError(error.message, { code: 'query/wrong-argument' });
  }
  if (error.message.startsWith('{"class":')) {
    const { class: name, message, location, ...details } = JSON.parse(error.message);
    return new (classes[name] ?? InternalError)(message, { ...location, ...details });
  }
  return new InternalError(`bug in kubelogic: ${error.message}`, { code: 'internal/panic' });
}

/** Runs a native call and throws what it throws as one of the classes above. */
function call(run) {
  try {
    return run();
  } catch (error) {
    throw fromNative(error);
  }
}

module.exports = { ...classes, call, fromNative };
