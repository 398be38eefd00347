import type { PluginDataPackage } from '../../data/index.ts';
import type { PackageIssue } from '../manifest/issue.ts';
import type { PackedFiles } from './packed-files.ts';
import { readText } from './text-file.ts';

const MIGRATION = /^migrations\/(\d{4})-[a-z0-9]+(?:-[a-z0-9]+)*\.sql$/;
const QUERY = /^queries\/([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\.sql$/;
const DOWN_LINE = /^[ \t]*--[ \t]*down[ \t]*$/im;

export function camelCase(kebab: string): string {
  return kebab.replace(/-([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

/** The two halves of a migration; without a `-- down` line it cannot be undone and `down` is empty. */
export function splitMigration(sql: string): { up: string; down: string } {
  const divider = DOWN_LINE.exec(sql);
  if (!divider) return { up: sql.trim(), down: '' };
  return { up: sql.slice(0, divider.index).trim(), down: sql.slice(divider.index + divider[0].length).trim() };
}

/** `migrations/NNNN-name.sql`, by number. */
export function readMigrations(files: PackedFiles, issues: PackageIssue[]): PluginDataPackage['migrations'] {
  const numbers = new Map<string, string>();
  const migrations: PluginDataPackage['migrations'] = [];
  for (const path of sqlBelow(files, 'migrations/')) {
    const number = MIGRATION.exec(path)?.[1];
    if (number === undefined) {
      issues.push({ file: path, pointer: '', message: 'must be named like "migrations/0001-create-jobs.sql"' });
      continue;
    }
    const other = numbers.get(number);
    if (other !== undefined) {
      issues.push({ file: path, pointer: '', message: `has the same number as ${other}; give it the next free one` });
      continue;
    }
    numbers.set(number, path);
    const text = readText(files, path, issues);
    if (text === undefined) continue;
    migrations.push({ name: path.slice('migrations/'.length, -'.sql'.length), ...splitMigration(text) });
  }
  return migrations;
}

/** `queries/<kebab-name>.sql`; names come back in camelCase. */
export function readQueries(files: PackedFiles, issues: PackageIssue[]): PluginDataPackage['queries'] {
  const queries: PluginDataPackage['queries'] = [];
  for (const path of sqlBelow(files, 'queries/')) {
    const name = QUERY.exec(path)?.[1];
    if (name === undefined) {
      issues.push({ file: path, pointer: '', message: 'must be named like "queries/list-open-jobs.sql"' });
      continue;
    }
    const sql = readText(files, path, issues);
    if (sql !== undefined) queries.push({ name: camelCase(name), sql });
  }
  return queries;
}

function sqlBelow(files: PackedFiles, folder: string): string[] {
  return files.paths.filter((path) => path.startsWith(folder) && path.endsWith('.sql'));
}
