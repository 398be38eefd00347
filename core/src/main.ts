// Production entry: `npm start`, after the user interface has been built.
import { enableCompileCache } from 'node:module';
import { resolve } from 'node:path';

const startedAt = performance.timeOrigin;
const root = resolve(import.meta.dirname, '../..');
// Before anything else is imported: what was compiled once is not compiled again.
enableCompileCache(resolve(root, 'node_modules/.cache/bazaar'));

const { startFromConsole } = await import('./kernel/index.ts');
const { endProcess } = await import('./processes/index.ts');
endProcess(await startFromConsole(root, startedAt));
