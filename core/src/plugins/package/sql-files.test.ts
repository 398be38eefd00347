import { describe, expect, it } from 'vitest';
import type { PackageIssue } from '../manifest/issue.ts';
import type { PackedFiles } from './packed-files.ts';
import { camelCase, readMigrations, readQueries, splitMigration } from './sql-files.ts';

function packed(files: Record<string, string>): PackedFiles {
  return {
    folder: '/x',
    integrity: '',
    paths: Object.keys(files).sort(),
    contents: new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)])),
  };
}

describe('SQL of a package', () => {
  it.each([
    ['create table a ();\n-- down\ndrop table a;\n', 'create table a ();', 'drop table a;'],
    ['a\n  --  DOWN  \nb', 'a', 'b'],
    ['a -- down here it is a comment\nb', 'a -- down here it is a comment\nb', ''],
    ['a', 'a', ''],
    ['-- down\nb', '', 'b'],
  ])('splits %j', (sql, up, down) => {
    expect(splitMigration(sql)).toEqual({ up, down });
  });

  it('reads migrations by number and names what is misnamed', () => {
    const issues: PackageIssue[] = [];
    const files = packed({
      'migrations/0002-b.sql': 'b',
      'migrations/0001-a.sql': 'a',
      'migrations/0002-c.sql': 'c',
      'migrations/3-d.sql': 'd',
      'migrations/README.md': '',
      'src/migrations/0004-e.sql': 'e',
    });
    expect(readMigrations(files, issues)).toEqual([
      { name: '0001-a', up: 'a', down: '' },
      { name: '0002-b', up: 'b', down: '' },
    ]);
    expect(issues.map(({ file, message }) => `${file} ${message}`)).toEqual([
      'migrations/0002-c.sql has the same number as migrations/0002-b.sql; give it the next free one',
      'migrations/3-d.sql must be named like "migrations/0001-create-jobs.sql"',
    ]);
  });

  it('names queries in camelCase', () => {
    const issues: PackageIssue[] = [];
    const files = packed({
      'queries/list-open-jobs2.sql': 'select',
      'queries/Bad_Name.sql': '',
      'queries/a/b.sql': '',
    });
    expect(readQueries(files, issues)).toEqual([{ name: 'listOpenJobs2', sql: 'select' }]);
    expect(issues.map((issue) => issue.file)).toEqual(['queries/Bad_Name.sql', 'queries/a/b.sql']);
    expect(camelCase('a-b-2c')).toBe('aB2c');
  });
});
