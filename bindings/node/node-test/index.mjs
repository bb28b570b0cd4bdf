import plugin from './index.cjs';

export const { ExpectationError, expectations } = plugin;
