'use strict';

// Objects of a program as JSON text, without losing or inventing anything. `JSON.stringify` alone would turn NaN
// into null, drop functions, and write the names that client classes use in JavaScript (`_from`) where Kubernetes
// has others (`from`).

const { DecodeError } = require('./errors.cjs');

// Readers refuse deeper documents too; here the cap also keeps the stack from overflowing.
const MAX_DEPTH = 1000;

/** JSON text of one object of a program. `source` is how errors call it. */
function encode(value, source = 'object') {
  return isPlain(value, 0) ? JSON.stringify(value) : write(value, new Step(''), 0, new Context(source));
}

/** Whether `JSON.stringify` writes exactly this value. */
function isPlain(value, depth) {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'object':
      break;
    default:
      return false;
  }
  if (value === null) return true;
  if (depth >= MAX_DEPTH || typeof value.toJSON === 'function') return false;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      if (!isPlain(value[index], depth + 1)) return false;
    }
    return true;
  }
  if (!isPlainObject(value)) return false;
  for (const key in value) {
    if (!Object.hasOwn(value, key) || RENAMED.has(key)) return false;
    if (!isPlain(value[key], depth + 1)) return false;
  }
  return true;
}

/** A literal, what a parser made, or the same from another realm (`vm`, Jest). */
function isPlainObject(value) {
  const prototype = Object.getPrototypeOf(value);
  return (
    prototype === Object.prototype ||
    prototype === null ||
    (Object.getPrototypeOf(prototype) === null && prototype.constructor?.name === 'Object')
  );
}

// The names that @kubernetes/client-node uses in JavaScript, with Kubernetes' own. On its class instances they are
// translated; in a plain object (a spread, a clone, a JSON round trip of an instance) they would be unknown fields
// of a built-in kind, and a NetworkPolicy peer list under an unknown name means "everybody".
const RENAMED = new Map([
  ['_from', 'from'],
  ['_default', 'default'],
  ['_int', 'int'],
  ['_enum', 'enum'],
  ['_continue', 'continue'],
]);

// Maps whose keys are free, so that `_from` is an ordinary key there.
const FREE_MAPS = new Set([
  'annotations',
  'binaryData',
  'data',
  'definitions',
  'labels',
  'matchLabels',
  'nodeSelector',
  'patternProperties',
  'properties',
  'stringData',
]);

/** What the walk is inside of. */
class Context {
  constructor(source) {
    this.source = source;
    this.open = new Set();
    // Whether the innermost object with an apiVersion is of a built-in group.
    this.builtIn = false;
  }
}

/** One step of a path, printed only when something is wrong. */
class Step {
  constructor(text, parent) {
    this.text = text;
    this.parent = parent;
  }

  field(name) {
    return new Step(/^[\w$-]+$/.test(name) ? `.${name}` : `[${name}]`, this);
  }

  index(index) {
    return new Step(`[${index}]`, this);
  }

  name() {
    return this.text.startsWith('.') ? this.text.slice(1) : '';
  }

  toString() {
    const parts = [];
    for (let step = this; step; step = step.parent) parts.push(step.text);
    return parts.reverse().join('').replace(/^\./, '');
  }
}

function refuse(context, code, path, what, help) {
  const place = path.toString();
  const location = { source: context.source, document: 1, path: place };
  const message = `${place === '' ? 'the object' : `\`${place}\``} ${what}`;
  const problem = { code, severity: 'error', message, location };
  if (help !== undefined) problem.help = help;
  throw new DecodeError(message, { ...location, code, help, problems: [problem] });
}

function write(value, path, depth, context) {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'bigint':
      return String(value);
    case 'number':
      if (Number.isFinite(value)) return JSON.stringify(value);
      return refuse(context, 'object/no-json-number', path, `is ${value}, which no Kubernetes object can hold`);
    case 'object':
      break;
    default:
      return refuse(context, 'object/no-json-value', path, `is ${article(typeof value)}, which no Kubernetes object can hold`);
  }
  if (value === null) return 'null';
  if (depth >= MAX_DEPTH) {
    if (context.open.has(value)) refuse(context, 'object/cycle', cut(path), 'contains itself');
    refuse(context, 'read/too-deep', cut(path), `is nested more than ${MAX_DEPTH} levels deep`);
  }
  if (context.open.has(value)) refuse(context, 'object/cycle', path, 'contains itself');
  context.open.add(value);
  const builtIn = context.builtIn;
  const text = container(value, path, depth, context);
  context.builtIn = builtIn;
  context.open.delete(value);
  return text;
}

/** A path of a thousand steps tells nobody more than its start. */
function cut(path) {
  const steps = [];
  for (let step = path; step; step = step.parent) steps.push(step);
  const start = steps.reverse().slice(0, 6);
  return new Step(`${start.map((step) => step.text).join('').replace(/^\./, '')}…`);
}

function article(type) {
  return type === 'undefined' ? 'undefined' : `a ${type}`;
}

function container(value, path, depth, context) {
  if (Array.isArray(value)) {
    // A hole or undefined has no place in a list: dropping it would move the items behind it.
    const items = Array.from(value, (item, index) => write(item, path.index(index), depth + 1, context));
    return `[${items.join(',')}]`;
  }
  if (value instanceof Date || Object.prototype.toString.call(value) === '[object Date]') {
    if (Number.isNaN(value.getTime())) refuse(context, 'object/no-date', path, 'is an invalid date');
    // The client's micro time writes its six digits by itself.
    return JSON.stringify(value.toISOString());
  }
  const typeMap = value.constructor?.getAttributeTypeMap;
  if (typeof typeMap === 'function') {
    return mapping(value, path, depth, context, names(value.constructor));
  }
  if (typeof value.toJSON === 'function') return write(value.toJSON(), path, depth + 1, context);
  // client-node reads custom resources into a class of this name, which has no type map.
  if (!isPlainObject(value) && value.constructor?.name !== 'KubernetesObject') {
    const name = value.constructor?.name || 'an unknown class';
    return refuse(
      context,
      'object/no-plain-object',
      path,
      `is an instance of \`${name}\`, whose fields may have other names than Kubernetes' own`,
      'hand over a plain object, or give the class a toJSON method',
    );
  }
  return mapping(value, path, depth, context);
}

function mapping(value, path, depth, context, wireNames) {
  if (typeof value.apiVersion === 'string' && typeof value.kind === 'string') {
    context.builtIn = isBuiltIn(value.apiVersion);
  }
  const checked = wireNames === undefined && context.builtIn && !FREE_MAPS.has(path.name());
  const fields = [];
  for (const key of Object.keys(value)) {
    const field = value[key];
    if (field === undefined) continue;
    const meant = RENAMED.get(key);
    if (checked && meant !== undefined) {
      refuse(
        context,
        'decode/unknown-field',
        path.field(key),
        `is no field of Kubernetes, did you mean \`${meant}\`?`,
        'it is how client classes spell the field in JavaScript: hand over the instance itself, not a copy of it',
      );
    }
    const name = wireNames?.get(key) ?? key;
    fields.push(`${JSON.stringify(name)}:${write(field, path.field(name), depth + 1, context)}`);
  }
  return `{${fields.join(',')}}`;
}

/** Groups of Kubernetes itself have no dot, or end in `.k8s.io`. */
function isBuiltIn(apiVersion) {
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  return !group.includes('.') || group.endsWith('.k8s.io');
}

const known = new WeakMap();

/** From the names in JavaScript to Kubernetes' own, for a class of @kubernetes/client-node. */
function names(type) {
  let map = known.get(type);
  if (map === undefined) {
    map = new Map(type.getAttributeTypeMap().map(({ name, baseName }) => [name, baseName]));
    known.set(type, map);
  }
  return map;
}

module.exports = { encode };
