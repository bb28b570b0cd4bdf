'use strict';

// The question catalogue.

const native = require('../native.cjs');
const { nativeCluster } = require('./cluster.cjs');
const { encode } = require('./encode.cjs');
const { call } = require('./errors.cjs');

/**
 * Asks a question of the catalogue, about a cluster or about the objects that the question brings. What comes back
 * is `{id, answer}` or `{id, error}`; nothing about the question is thrown.
 */
function ask(question, cluster) {
  const text = typeof question === 'string' ? question : encode(question);
  return JSON.parse(call(() => native.ask(text, cluster === undefined ? null : nativeCluster(cluster))));
}

/** The JSON Schema of every question and answer. */
function schema() {
  return JSON.parse(call(() => native.schema()));
}

module.exports = { ask, schema };
