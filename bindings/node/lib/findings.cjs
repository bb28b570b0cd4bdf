'use strict';

// What is wrong with manifests: checking, formats for people and CI, what codes mean, mending.

const { Answer } = require('./answer.cjs');
const { gather } = require('./cluster.cjs');
const { encode } = require('./encode.cjs');
const { call } = require('./errors.cjs');
const { answered, options } = require('./questions.cjs');

const CHECK = ['baseline', 'defaultNamespace', 'fieldValidation', 'ignore', 'kubeVersion', 'select', 'suppressions'];

/** Everything that is wrong with objects and texts. */
function check(objects, given = {}) {
  const { source, ...rest } = options(given, [...CHECK, 'source']);
  return checked({ objects, source }, rest);
}

/** Everything that is wrong with files, and with everything below folders. */
function checkPaths(paths, given = {}) {
  return checked({ paths: Array.isArray(paths) ? paths : [paths] }, options(given, CHECK));
}

function checked(input, { defaultNamespace, fieldValidation, ...question }) {
  const loader = gather(input, { kubeVersion: question.kubeVersion });
  const text = encode({ ask: 'objects.check', load: { defaultNamespace, fieldValidation }, ...question }, 'question');
  return new Answer(JSON.parse(call(() => loader.check(text))));
}

/** Findings as one text. */
function renderFindings(findings, format = 'text', given = {}) {
  const { failOn, manifests } = options(given, ['failOn', 'manifests']);
  return answered({ ask: 'report.render', findings, format, failOn, manifests: texts(manifests) }).result.text;
}

/** What a code of a finding or an error means; every code when none is given. */
function explainCode(code) {
  return answered({ ask: 'report.explain', code });
}

/** Mends what can be mended for certain, and leaves every other byte as it is. */
function fix(manifests, given = {}) {
  return answered({ ask: 'report.fix', manifests: texts(manifests), ...options(given, ['ignore', 'select']) });
}

function texts(manifests = {}) {
  return Object.entries(manifests).map(([source, text]) => ({ source, text }));
}

module.exports = { check, checkPaths, explainCode, fix, renderFindings };
