import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { IMPLEMENTED } from '../src/implemented.ts';

const PACKAGE = dirname(dirname(createRequire(import.meta.url).resolve('stripe')));

/** The installed SDK's resource definitions. */
export const RESOURCES: string = join(PACKAGE, 'esm', 'resources');
export const GENERATED: string = join(import.meta.dirname, '../generated/contract.json');

/** Changes when the SDK, the list of implemented routes or the generator changes: then the contract is stale. */
export function fingerprint(): string {
  const hash = createHash('sha256').update(IMPLEMENTED.join('\n'));
  for (const tool of ['compact-schema.ts', 'generate.ts', 'sdk-routes.ts']) {
    hash.update(readFileSync(join(import.meta.dirname, tool)));
  }
  for (const file of readdirSync(RESOURCES, { recursive: true, encoding: 'utf8' }).sort()) {
    if (file.endsWith('.d.ts')) hash.update(file).update(readFileSync(join(RESOURCES, file)));
  }
  return hash.update(readFileSync(join(PACKAGE, 'VERSION'))).digest('hex');
}
