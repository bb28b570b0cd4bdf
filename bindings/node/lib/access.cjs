'use strict';

// May this user do that?

const { Answer } = require('./answer.cjs');
const { QueryError, call, fromNative } = require('./errors.cjs');
const { UserInfo, nativeUser } = require('./user.cjs');

const DETAILS = new Set(['group', 'subresource', 'name', 'namespace']);
const TARGETS = new Set(['resource', 'path', ...DETAILS]);
const REQUESTS = new Set(['verb', ...TARGETS]);
const NOTHING = Object.freeze({});

/** The roles and bindings of a cluster, compiled once and asked often. */
class Access {
  #native;
  /** Asks a question of the catalogue about the same cluster, with the same settings. */
  #ask;

  constructor(native, ask) {
    this.#native = native;
    this.#ask = ask;
  }

  /** The Kubernetes version whose behaviour this is. */
  get kubeVersion() {
    return this.#native.kubeVersion;
  }

  /** Whether the user may do that. Throws `Undecided` when the input does not settle it. */
  can(user, verb, target, details) {
    const who = nativeUser(user);
    const request = line(checkedVerb(verb), split(target, details));
    try {
      return this.#native.can(who, request);
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
    let lines = '';
    let count = 0;
    for (const request of requests) {
      if (typeof request !== 'object') throw wrong('a request must be an object');
      checkedTarget(request, REQUESTS);
      lines += `${line(checkedVerb(request.verb), request)}\u0001`;
      count += 1;
    }
    const answers = call(() => this.#native.canMany(who, lines));
    if (answers.length !== count) throw wrong('a part of a request holds a control character');
    return Array.from(answers, (answer) => answer === 1);
  }

  /** The same question as `can`, answered with everything that decided. */
  explainCan(user, verb, target, details) {
    const request = { verb: checkedVerb(verb), ...split(target, details) };
    return new Answer(JSON.parse(call(() => this.#native.explain(nativeUser(user), JSON.stringify(request)))));
  }

  /** What the API server asks about an HTTP request of this user, what RBAC says, and what a refused client reads. */
  httpRequest(user, request, given = {}) {
    return this.#ask({ ask: 'request.attributes', user: userOf(user), request }, given, ['featureGates']);
  }

  /** What the kubelet of a node asks about an HTTP request of this user, and what RBAC says. */
  kubeletRequest(user, node, request, given = {}) {
    return this.#ask({ ask: 'request.kubelet', user: userOf(user), node, request }, given, ['featureGates']);
  }

  /** What the API server answers to a review of access. */
  review(review, { user, ...given } = {}) {
    const who = user === undefined ? undefined : userOf(user);
    const known = ['featureGates', 'fieldValidation', 'namespace'];
    return this.#ask({ ask: 'review.access', review: oneObject(review), user: who }, given, known);
  }

  /** Whether this user may act as another one, and whom the API server then takes the request for. */
  impersonate(user, headers, request, given = {}) {
    if (typeof headers !== 'object' || headers === null) throw wrong('headers are an object or pairs');
    const pairs = typeof headers[Symbol.iterator] === 'function' ? [...headers] : Object.entries(headers);
    const list = pairs.flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => ({ name, value: one })));
    const question = { ask: 'impersonation.check', user: userOf(user), headers: list, request };
    return this.#ask(question, given, ['featureGates', 'lastMode']);
  }

  /** What the API server says when this user writes a role or binding. */
  checkWrite(user, operation, object) {
    return this.#ask({ ask: 'access.check-write', user: userOf(user), operation, object: oneObject(object) });
  }

  /** What `kubectl auth reconcile` would do with these roles and bindings, and what it prints. */
  reconcile(desired, given = {}) {
    const known = ['removeExtraPermissions', 'removeExtraSubjects'];
    return this.#ask({ ask: 'access.reconcile', desired: objectsOf(desired) }, given, known);
  }

  /** The rules that a user has in a namespace, as a SelfSubjectRulesReview answers. */
  rulesReview(user, namespace, given = {}) {
    return this.#ask({ ask: 'access.rules-review', user: userOf(user), namespace }, given, ['authorizers']);
  }

  /** What `kubectl auth can-i --list` prints for this user. */
  listAccess(user, given = {}) {
    return this.#ask({ ask: 'access.list', user: userOf(user) }, given, ['authorizers', 'namespace', 'noHeaders']);
  }
}

/** A user as a question holds it. */
function userOf(user) {
  return (user instanceof UserInfo ? user : new UserInfo(user)).toJSON();
}

// Questions know clusters, and clusters know this file.
const oneObject = (given) => require('./questions.cjs').oneObject(given);
const objectsOf = (given) => require('./questions.cjs').objectsOf(given);

/** What is asked for, in full, with nothing unknown in it. */
function split(target, details) {
  if (typeof target !== 'string') {
    if (details !== undefined) throw wrong('details belong beside `resource` when the target is an object');
    return checkedTarget(target, TARGETS);
  }
  // As kubectl does: what begins with a slash is a path and no resource.
  if (target.startsWith('/')) return checkedTarget({ path: target, ...details }, TARGETS);
  const { group, subresource, name, namespace } = checked(details, DETAILS);
  return { resource: target, group, subresource, name, namespace };
}

/** The parts of a request as the native part takes them: one string crosses much quicker than six. */
function line(verb, { path, resource, group = '', subresource = '', name = '', namespace = '' }) {
  if (path !== undefined) return `path\0${verb}\0${path}`;
  return `resource\0${verb}\0${group}\0${resource}\0${subresource}\0${name}\0${namespace}`;
}

/** A resource or a path, and nothing that does not belong to it. */
function checkedTarget(target, known) {
  checked(target, known);
  const { path, resource, group, subresource, name, namespace } = target ?? NOTHING;
  if ((resource === undefined) === (path === undefined)) {
    throw wrong('a request has either a `resource` or a `path`');
  }
  if (path !== undefined && (group ?? subresource ?? name ?? namespace) !== undefined) {
    throw wrong('a path has no group, subresource, name or namespace');
  }
  return target;
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

function wrong(message, help) {
  return new QueryError(message, { code: 'query/wrong-request', help });
}

module.exports = { Access };
