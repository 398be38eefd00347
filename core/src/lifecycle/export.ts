import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { PlatformSql, PluginData } from '../data/index.ts';
import { MARK, processMark, sweep } from '../processes/index.ts';

const DRAFT = new RegExp(`\\.jsonl\\.gz\\.(?:(?<mark>${MARK})\\.)?part$`);

/** First line: what this is. Then one line for each row: `{ table, row }`, and for each setting and file. */
async function* lines(
  data: PluginData,
  sql: PlatformSql,
  plugin: string,
  version: string | null,
): AsyncGenerator<string> {
  yield `${JSON.stringify({ format: 'bazaar-plugin-export', formatVersion: 1, plugin, version })}\n`;
  for await (const row of data.export(plugin)) yield `${JSON.stringify(row)}\n`;
  for (const [table, query] of KERNEL_ROWS) {
    const { rows } = await sql.query(query, [plugin]);
    for (const row of rows) yield `${JSON.stringify({ table, row })}\n`;
  }
}

/** What the kernel keeps for the plugin. Sealed secrets stay where they are; contents of files go by their key. */
const KERNEL_ROWS = [
  ['core.settings', 'select tenant_id, values, updated_at from core.settings where plugin_id = $1'],
  [
    'core.files',
    `select tenant_id, id, name, type, size, sha256, storage_key, created_at from core.files
       where plugin_id = $1 and deleted_at is null`,
  ],
] as const;

/** Removes what nodes have begun to write that were killed. */
export function sweepExports(folder: string): Promise<void> {
  return sweep(folder, DRAFT);
}

/** Writes everything a plugin has kept to a gzipped file of JSON lines; resolves with its path. */
export async function exportPlugin(
  options: { data: PluginData; sql: PlatformSql; folder: string },
  plugin: string,
  version: string | null,
  name: string,
): Promise<string> {
  await mkdir(options.folder, { recursive: true, mode: 0o700 });
  const file = join(options.folder, `${name}.jsonl.gz`);
  const draft = `${file}.${processMark()}.part`;
  try {
    const source = Readable.from(lines(options.data, options.sql, plugin, version));
    await pipeline(source, createGzip(), createWriteStream(draft, { mode: 0o600 }));
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
  return file;
}
