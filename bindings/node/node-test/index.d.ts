// `kubelogic/test`: expectations as tests of node:test.

import type { test as nodeTest } from 'node:test';

import type { Finding, LoadOptions } from '../index';

export interface ExpectationsOptions extends LoadOptions {
  /** The roles and bindings that every cluster starts with; see `AccessOptions`. */
  bootstrap?: 'auto' | 'always' | 'never' | undefined;
  /** The name of the test that has a test for each line. */
  name?: string | undefined;
  /** What makes a test: `test` of `node:test` by default, or that of a test around this one. */
  test?: typeof nodeTest | ((name: string, body: (context: never) => Promise<void>) => Promise<void>) | undefined;
}

/**
 * Makes a test of every expectation in files and folders, which are one cluster. A line that does not hold, is
 * undecided or cannot be read is a test that fails.
 *
 * A `kubeVersion` counts more than those that files pin.
 */
export function expectations(
  paths: string | URL | readonly (string | URL)[],
  options?: ExpectationsOptions,
): Promise<void>;

/** An expectation that does not hold. */
export class ExpectationError extends Error {
  readonly code: string;
  readonly finding: Finding;
}
