'use strict';

// Questions of the catalogue asked from typed functions: what goes wrong is thrown, answers are instances of Answer.

const native = require('../native.cjs');
const { Answer } = require('./answer.cjs');
const { nativeCluster } = require('./cluster.cjs');
const { encode } = require('./encode.cjs');
const { QueryError, call } = require('./errors.cjs');
const { KubeObject } = require('./object.cjs');

/** The answer to a question. Fields that are undefined are left out. */
function answered(question, cluster) {
  const text = encode(question, 'question');
  return new Answer(JSON.parse(call(() => native.answer(text, cluster === undefined ? null : nativeCluster(cluster)))));
}

/** Options that a function knows; anything else is a mistake of the caller. */
function options(given, known) {
  if (typeof given !== 'object' || given === null) throw new QueryError('options must be an object', WRONG);
  for (const name of Object.keys(given)) {
    if (!known.includes(name)) throw new QueryError(`there is no option \`${name}\`, there are ${known.join(', ')}`, WRONG);
  }
  return given;
}

const WRONG = { code: 'query/wrong-argument' };

/** A single object as a question holds it: a plain object, an instance of a client class, a KubeObject, or text. */
function oneObject(given) {
  if (given instanceof KubeObject) return given.toJSON();
  if (typeof given !== 'string' && !(given instanceof Uint8Array)) return JSON.parse(encode(given));
  const text = typeof given === 'string' ? { text: given } : { bytes: Buffer.from(given).toString('base64') };
  const { objects, errors } = answered({ ask: 'read.objects', ...text }).result;
  if (objects.length !== 1 || errors.length > 0) {
    const problem = errors.length > 0 ? errors[0].message : `it holds ${objects.length} objects`;
    throw new QueryError(`one object is wanted: ${problem}`, { code: 'query/not-one-object' });
  }
  return JSON.parse(objects[0].json);
}

/** Objects as a question holds them: one, several, or the texts of manifests; what cannot be read is thrown. */
function objectsOf(given) {
  return (Array.isArray(given) ? given.flat(Infinity) : [given]).flatMap((one) => {
    if (typeof one !== 'string' && !(one instanceof Uint8Array)) return [oneObject(one)];
    const text = typeof one === 'string' ? { text: one } : { bytes: Buffer.from(one).toString('base64') };
    const { objects, errors } = answered({ ask: 'read.objects', ...text }).result;
    if (errors.length > 0) throw new QueryError(`the objects cannot be read: ${errors[0].message}`, { code: 'query/not-objects' });
    return objects.map(({ json }) => JSON.parse(json));
  });
}

module.exports = { answered, objectsOf, oneObject, options };
