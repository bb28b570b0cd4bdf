'use strict';

// Answers with everything that they rest on.

/** An answer of the catalogue: `result`, and what it rests on. */
class Answer {
  /** @param {object} answer as the catalogue writes it */
  constructor(answer) {
    Object.assign(this, answer);
  }

  toJSON() {
    return { ...this };
  }

  // An object is always true in `if (answer)`, and no class can change that; everything else that would make a
  // value of an answer is refused.
  [Symbol.toPrimitive]() {
    throw new TypeError('an answer is neither true nor false: look into its result, or ask for a yes or no with can()');
  }

  // What a test that fails prints: the result, what decided, and where it is written.
  [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) {
    if (depth < 0) return '[Answer]';
    const inner = (value) => inspect(value, { ...options, depth: options.depth === null ? null : options.depth - 1 });
    const lines = [`result: ${inner(this.result)}`, `kubeVersion: ${inner(this.kubeVersion)}`];
    for (const evidence of this.evidence ?? []) lines.push(`${evidence.part}: ${remark(evidence)}`);
    for (const warning of this.warnings ?? []) lines.push(`warning: ${remark(warning)}`);
    for (const finding of this.unsupported ?? []) lines.push(`unsupported: ${remark(finding)}`);
    for (const assumption of this.assumptions ?? []) lines.push(`assumed: ${assumption.message}`);
    return `Answer {\n${lines.map((line) => `  ${line.replaceAll('\n', '\n  ')}`).join(',\n')}\n}`;
  }
}

function remark({ message, location }) {
  const where = place(location);
  return where === '' ? message : `${message} (${where})`;
}

/** A location as people write it: `file:line:column`, or the file with the document's number. */
function place(location) {
  if (!location) return '';
  const { source, document, line, column } = location;
  return line === undefined ? `${source}#${document}` : `${source}:${line}:${column}`;
}

module.exports = { Answer, place };
