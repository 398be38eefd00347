#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { resolve } from 'node:path';

// Before anything else is imported: what was compiled once is not compiled again.
enableCompileCache(resolve(import.meta.dirname, '../../../node_modules/.cache/bazaar'));

const { run } = await import('./run.ts');
const code = await run(process.argv.slice(2), {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
});
// Whatever a plugin has left running must not keep the process.
process.stdout.write('', () => process.exit(code));
