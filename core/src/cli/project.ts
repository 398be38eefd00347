import { resolve } from 'node:path';

/** The folder that holds `core/`, `plugins/` and `plugins.lock.json`. */
export const PROJECT = resolve(import.meta.dirname, '../../..');
