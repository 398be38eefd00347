import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { checkNamedQuery, loadParser } from '../src/data/sql-check/index.ts';

export interface BareStatements {
  /** For one page: `limit + 1` rows from the newest on. */
  list: { text: string; values: unknown[] };
  /** `$1` is the id. */
  get: string;
  /** Values in order; `null` in place of the slug, which is different for every row. */
  create: { text: string; values: unknown[]; slugs: number[] };
}

const SCHEMA = 'p_job_board';
const QUERIES = fileURLToPath(new URL('../../plugins/job-board/queries/', import.meta.url));

/**
 * The job board's own statements, as the bare server runs them: without row-level security, so the tenant stands in
 * the statement. The values of a new row are those of a row that the platform has stored.
 */
export async function bareStatements(database: pg.ClientConfig, tenantId: string): Promise<BareStatements> {
  await loadParser();
  const read = (name: string) =>
    checkNamedQuery(readFileSync(`${QUERIES}${name}.sql`, 'utf8'), { schema: SCHEMA, name });
  const client = new pg.Client({ ...database, options: `-c search_path=${SCHEMA}` });
  await client.connect();
  const { rows } = await client.query('select * from jobs limit 1');
  await client.end();
  const row = rows[0] as Record<string, unknown>;
  const column = (param: string) => param.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

  const list = read('list-jobs');
  const listValues: Record<string, unknown> = {
    afterCreatedAt: 'infinity',
    afterId: 'ffffffff-ffff-ffff-ffff-ffffffffffff',
    limit: 21,
  };
  const create = read('insert-job');
  const json = (value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
      ? JSON.stringify(value)
      : value;
  return {
    list: {
      text: list.text.replace('where', `where tenant_id = '${tenantId}' and`),
      values: list.params.map((param) => listValues[param] ?? null),
    },
    get: `select * from jobs where tenant_id = '${tenantId}' and id = $1`,
    create: {
      text: create.text,
      values: create.params.map((param) =>
        param === 'furtherLocations' ? JSON.stringify(row[column(param)]) : json(row[column(param)] ?? null),
      ),
      slugs: create.params.flatMap((param, index) => (param === 'slug' || param === 'suffix' ? [index] : [])),
    },
  };
}
