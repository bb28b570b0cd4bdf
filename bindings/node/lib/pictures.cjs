'use strict';

// Pictures: graphs, trees, tables, matrices, heat maps and timelines, as text, SVG, HTML and more.

const { answered, options } = require('./questions.cjs');

/** Who is granted what by which binding. */
function accessGraph(cluster, given = {}) {
  const known = ['bootstrap', 'defaults', 'namespace', 'stored'];
  return answered({ ask: 'access.graph', ...options(given, known) }, cluster);
}

/** A picture as one text or file. */
function renderPicture(picture, format = 'text', given = {}) {
  const { kind, ...rest } = options(given, ['colors', 'foldAbove', 'kind', 'width']);
  const drawn = kind === undefined ? picture : { ...picture, picture: kind };
  return answered({ ask: 'picture.render', picture: drawn, format, ...rest }).result.text;
}

module.exports = { accessGraph, renderPicture };
