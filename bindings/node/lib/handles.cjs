'use strict';

// What classes of the package hold on the native side, out of reach of their users.

const { QueryError } = require('./errors.cjs');

const handles = new WeakMap();

/** Gives an instance its native part. */
function keep(instance, handle) {
  handles.set(instance, handle);
}

/** The native part of an instance, which must be of this native class. */
function handleOf(instance, type) {
  const handle = typeof instance === 'object' && instance !== null ? handles.get(instance) : undefined;
  if (!(handle instanceof type)) throw wrong(`a ${type.name.replace('Native', '')} is wanted`);
  return handle;
}

/** An argument that a function cannot take. */
function wrong(message, help) {
  return new QueryError(message, { code: 'query/wrong-argument', help });
}

module.exports = { handleOf, keep, wrong };
