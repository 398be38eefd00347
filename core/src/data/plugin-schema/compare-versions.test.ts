import { expect, test } from 'vitest';
import type { ColumnDescription, PluginDataDescription, TableDescription } from '../types.ts';
import { type OfferedQuery, versionConflicts } from './compare-versions.ts';

function column(name: string, type: string, extra: Partial<ColumnDescription> = {}): ColumnDescription {
  return { name, column: name, type, nullable: false, hasDefault: false, generated: false, ...extra };
}

const JOBS: TableDescription = {
  name: 'jobs',
  table: 'jobs',
  columns: [
    column('id', 'uuid', { hasDefault: true }),
    column('title', 'text'),
    column('tags', '_text', { nullable: true }),
  ],
  primaryKey: ['tenant_id', 'id'],
  shared: false,
  constraints: {},
};
const SKILLS: TableDescription = {
  ...JOBS,
  name: 'skills',
  table: 'skills',
  columns: [column('name', 'text')],
  shared: true,
};
const QUERY = {
  name: 'list',
  statement: 'select' as const,
  params: [column('limit', 'int8')],
  columns: [column('title', 'text')],
};
const KNOWN: PluginDataDescription = { tables: [JOBS, SKILLS], queries: [QUERY] };

function conflicts(tables: TableDescription[], query: OfferedQuery = QUERY): string[] {
  return versionConflicts(KNOWN, { tables, queries: new Map([['list', query]]) });
}

const withColumns = (columns: ColumnDescription[], table = JOBS): TableDescription[] =>
  table === JOBS ? [{ ...JOBS, columns }, SKILLS] : [JOBS, { ...SKILLS, columns }];
const [ID, TITLE, TAGS] = JOBS.columns as [ColumnDescription, ColumnDescription, ColumnDescription];

test.each<[string, TableDescription[], string[]]>([
  ['nothing has changed', [JOBS, SKILLS], []],
  ['a new table', [JOBS, SKILLS, { ...JOBS, name: 'cities', table: 'cities' }], []],
  ['other order of columns', withColumns([TITLE, TAGS, ID]), []],
  ['a new column that may be empty', withColumns([...JOBS.columns, column('city', 'text', { nullable: true })]), []],
  ['a new column with a default', withColumns([...JOBS.columns, column('city', 'text', { hasDefault: true })]), []],
  ['a new generated column', withColumns([...JOBS.columns, column('city', 'text', { generated: true })]), []],
  [
    'a new column that must be given',
    withColumns([...JOBS.columns, column('city', 'text')]),
    ['new rows of table "jobs" need a value for "city", which this version does not know'],
  ],
  ['the same on a table that is only read', withColumns([...SKILLS.columns, column('city', 'text')], SKILLS), []],
  ['a column narrowed to not null', withColumns([ID, TITLE, { ...TAGS, nullable: false }]), []],
  [
    'a column whose default is gone',
    withColumns([{ ...ID, hasDefault: false }, TITLE, TAGS]),
    ['column "id" of table "jobs" has lost its default'],
  ],
  [
    'a column that is generated now',
    withColumns([ID, { ...TITLE, generated: true }, TAGS]),
    ['column "title" of table "jobs" can no longer be written'],
  ],
  ['a table that is gone', [JOBS], ['table "skills" is gone or has another name']],
  ['a column that is gone', withColumns([ID, TAGS]), ['column "title" of table "jobs" is gone or has another name']],
  [
    'a column of another type',
    withColumns([ID, TITLE, { ...TAGS, type: '_int4' }]),
    ['column "tags" of table "jobs" is int4[] and was text[]'],
  ],
  ['a table that became shared', [{ ...JOBS, shared: true }, SKILLS], ['table "jobs" can only be read now']],
])('tables: %s', (_what, tables, reasons) => {
  expect(conflicts(tables)).toEqual(reasons);
});

test.each<[string, OfferedQuery, string[]]>([
  ['the same', QUERY, []],
  ['results that may be null now', { ...QUERY, columns: [column('title', 'text', { nullable: true })] }, []],
  [
    'refused',
    { refused: 'column "title" does not exist' },
    ['query "list" no longer works: column "title" does not exist'],
  ],
  [
    'another parameter type',
    { ...QUERY, params: [column('limit', 'text')] },
    ['query "list" takes (limit text) and took (limit int8)'],
  ],
  [
    'more columns',
    { ...QUERY, columns: [...QUERY.columns, column('tags', '_text')] },
    ['query "list" returns (title text, tags text[]) and returned (title text)'],
  ],
])('queries: %s', (_what, query, reasons) => {
  expect(conflicts([JOBS, SKILLS], query)).toEqual(reasons);
});
