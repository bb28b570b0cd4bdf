'use strict';

// May this user do that?

const { Answer } = require('./answer.cjs');
const { QueryError, call, fromNative } = require('./errors.cjs');
const { nativeUser } = require('./user.cjs');

const DETAILS = new Set(['group', 'subresource', 'name', 'namespace']);
const TARGETS = new Set(['resource', 'path', ...DETAILS]);
const REQUESTS = new Set(['verb', ...TARGETS]);
const NOTHING = Object.freeze({});

/** The roles and bindings of a cluster, compiled once and asked often. */
class Access {
  #native;

  constructor(native) {
    this.#native = native;
  }

  /** The Kubernetes version whose behaviour this is. */
  get kubeVersion() {
    return this.#native.kubeVersion;
  }

  /** Whether the user may do that. Throws `Undecided` when the input does not settle it. */
  can(user, verb, target, details) {
    const who = nativeUser(user);
    checkedVerb(verb);
    try {
      if (typeof target === 'string') {
        const { group = '', subresource = '', name = '', namespace = '' } = checked(details, DETAILS);
        // As kubectl does: what begins with a slash is a path and no resource.
        if (target.startsWith('/')) {
          if (details !== undefined) refuseDetails(details);
          return this.#native.canPath(who, verb, target);
        }
        return this.#native.can(who, verb, target, group, subresource, name, namespace);
      }
      const request = split(target, details);
      if (request.path !== undefined) return this.#native.canPath(who, verb, request.path);
      const { resource, group = '', subresource = '', name = '', namespace = '' } = request;
      return this.#native.can(who, verb, resource, group, subresource, name, namespace);
    } catch (error) {
      throw fromNative(error);
    }
  }

  /** The answers to many requests of one user, in their order. */
  canMany(user, requests) {
    const who = nativeUser(user);
    if (typeof requests?.[Symbol.iterator] !== 'function' || typeof requests === 'string') {
      throw wrong('`canMany` wants an array of requests');
    }
    const list = Array.from(requests, (request) => {
      const { verb, ...target } = checked(request, REQUESTS);
      return { verb: checkedVerb(verb), ...split(target) };
    });
    const answers = call(() => this.#native.canMany(who, JSON.stringify(list)));
    return Array.from(answers, (answer) => answer === 1);
  }

  /** The same question as `can`, answered with everything that decided. */
  explainCan(user, verb, target, details) {
    const request = { verb: checkedVerb(verb), ...split(target, details) };
    return new Answer(JSON.parse(call(() => this.#native.explain(nativeUser(user), JSON.stringify(request)))));
  }
}

/** What is asked for, in full, with nothing unknown in it. */
function split(target, details) {
  if (typeof target === 'string') {
    if (!target.startsWith('/')) return { resource: target, ...checked(details, DETAILS) };
    if (details !== undefined) refuseDetails(details);
    return { path: target };
  }
  if (details !== undefined) throw wrong('details belong beside `resource` when the target is an object');
  const { resource, path, ...rest } = checked(target, TARGETS);
  if ((resource === undefined) === (path === undefined)) {
    throw wrong('a request has either a `resource` or a `path`');
  }
  if (resource !== undefined) return { resource, ...rest };
  refuseDetails(rest);
  return { path };
}

function checkedVerb(verb) {
  if (typeof verb !== 'string') throw wrong('a request has no `verb`');
  return verb;
}

/** Options with nothing unknown among them: a misspelt `namespace` would be another question. */
function checked(options, known) {
  if (options === undefined) return NOTHING;
  if (typeof options !== 'object' || options === null) throw wrong('what is asked for must be a string or an object');
  for (const key in options) {
    if (!known.has(key)) throw wrong(`a request has no field \`${key}\``, `it has ${[...known].join(', ')}`);
    const value = options[key];
    if (typeof value !== 'string' && value !== undefined) throw wrong(`\`${key}\` of a request must be a string`);
  }
  return options;
}

function refuseDetails(details) {
  for (const [key, value] of Object.entries(checked(details, DETAILS))) {
    if (value !== undefined) throw wrong(`a path has no \`${key}\``);
  }
}

function wrong(message, help) {
  return new QueryError(message, { code: 'query/wrong-request', help });
}

module.exports = { Access };
