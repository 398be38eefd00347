import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { JsonObject } from '@bazaar/sdk';

export interface PluginSpec {
  id: string;
  /** Merged over a minimal manifest. */
  manifest?: JsonObject;
  /** Merged over a minimal package.json. */
  package?: JsonObject;
  /** Further files by path; `src/plugin.ts` exports handlers for nothing when absent. */
  files?: Record<string, string>;
}

/** A migration with one table, protected as it has to be. */
export const SECURED = `create table things (
  tenant_id uuid not null default bazaar.current_tenant(),
  id uuid not null default gen_random_uuid(),
  primary key (tenant_id, id)
);
select bazaar.protect('things');
-- down
drop table things;
`;

/** Writes a plugin's package below a folder, and returns its own folder. */
export function writePlugin(below: string, spec: PluginSpec): string {
  const folder = join(below, spec.id);
  const version = typeof spec.manifest?.version === 'string' ? spec.manifest.version : '1.0.0';
  const files: Record<string, string> = {
    'package.json': JSON.stringify({ name: `fixture-${spec.id}`, version, type: 'module', ...spec.package }),
    'plugin.json': JSON.stringify({
      id: spec.id,
      name: `The ${spec.id}`,
      version,
      sdk: '^1.0.0',
      description: 'Made by a test.',
      publisher: 'Bazaar',
      category: 'fixtures',
      actions: [],
      ...spec.manifest,
    }),
    'src/plugin.ts': 'export default { actions: {} };\n',
    ...spec.files,
  };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}
