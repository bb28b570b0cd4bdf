'use strict';

// Who asks.

const native = require('../native.cjs');
const { QueryError, call } = require('./errors.cjs');

const FIELDS = new Set(['name', 'uid', 'groups', 'extra']);
const natives = new WeakMap();

/** A user as the API server sees it after authentication. It never changes. */
class UserInfo {
  /** @param {{name: string, uid?: string, groups?: readonly string[], extra?: Record<string, readonly string[]>}} user */
  constructor(user) {
    if (typeof user !== 'object' || user === null || Array.isArray(user)) throw noUser(user);
    for (const key of Object.keys(user)) {
      if (!FIELDS.has(key)) throw wrong(`a user has no field \`${key}\``, 'a user has name, uid, groups and extra');
    }
    const { name, uid = '', groups = [], extra = {} } = user;
    if (typeof name !== 'string') throw wrong('a user has no `name`');
    if (typeof uid !== 'string') throw wrong('`uid` of a user must be a string');
    this.name = name;
    this.uid = uid;
    this.groups = Object.freeze(texts(groups, 'groups'));
    this.extra = Object.freeze(
      Object.fromEntries(
        Object.entries(extra).map(([key, values]) => [key, Object.freeze(texts(values, `extra[${key}]`))]),
      ),
    );
    Object.freeze(this);
    natives.set(this, call(() => new native.NativeUser(JSON.stringify(this))));
  }

  /** Exactly this user with exactly these groups, as in a SubjectAccessReview. */
  static exact(name, groups = []) {
    return new UserInfo({ name, groups });
  }

  /** The user that impersonation makes of a name and groups: what `kubectl --as NAME --as-group GROUP` asks as. */
  static impersonated(name, groups = []) {
    if (typeof name !== 'string') throw wrong('a user has no `name`');
    return new UserInfo(JSON.parse(call(() => native.impersonated(name, texts(groups, 'groups')))));
  }

  toJSON() {
    const user = { name: this.name };
    if (this.uid !== '') user.uid = this.uid;
    if (this.groups.length > 0) user.groups = this.groups;
    if (Object.keys(this.extra).length > 0) user.extra = this.extra;
    return user;
  }
}

function texts(values, what) {
  if (!Array.isArray(values)) throw wrong(`\`${what}\` of a user must be an array of strings`);
  if (!values.every((value) => typeof value === 'string')) {
    throw wrong(`\`${what}\` of a user must hold nothing but strings`);
  }
  return [...values];
}

function wrong(message, help) {
  return new QueryError(message, { code: 'query/wrong-user', help });
}

function noUser(value) {
  const help =
    typeof value === 'string'
      ? 'say which groups count: UserInfo.exact(name, groups), or UserInfo.impersonated(name) as kubectl --as does'
      : undefined;
  return wrong('a user must be a UserInfo or an object with name and groups', help);
}

/** The native user behind a UserInfo, or behind an object with the same fields. */
function nativeUser(user) {
  return natives.get(user) ?? natives.get(new UserInfo(user));
}

module.exports = { UserInfo, nativeUser };
