import { describe, expect, it } from 'vitest';
import { ApiError } from '../../errors/index.ts';
import type { ColumnDescription } from '../types.ts';
import { page } from './keyset-page.ts';
import { count, find, insert, remove, update } from './statements.ts';
import { Table } from './table.ts';

const column = (name: string, type: string, more: Partial<ColumnDescription> = {}): ColumnDescription => ({
  name,
  column: name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  type,
  nullable: false,
  hasDefault: false,
  generated: false,
  ...more,
});

const jobs = new Table('p_x', {
  name: 'jobs',
  shared: false,
  primaryKey: ['tenant_id', 'id'],
  columns: [
    column('tenantId', 'uuid'),
    column('id', 'uuid', { hasDefault: true }),
    column('title', 'text'),
    column('salaryMax', 'int4', { nullable: true }),
    column('tags', '_text'),
    column('detail', 'jsonb'),
    column('createdAt', 'timestamptz', { hasDefault: true }),
    column('total', 'int4', { generated: true }),
  ],
});
const ID = '0b8f1a34-52cb-4b6e-9a52-111111111111';
const where = (condition: object) => find(jobs, { where: condition }).text.match(/where (.*) limit/)?.[1];

const times = <Value>(count: number, value: Value): Value[] => Array.from({ length: count }, () => value);

describe('conditions', () => {
  it.each([
    [{ title: 'a' }, '"title" = $1'],
    [{ title: null }, '"title" is null'],
    [{ title: { ne: 'a' } }, '"title" is distinct from $1'],
    [{ title: { ne: null } }, '"title" is not null'],
    [{ salaryMax: { gte: 1, lt: 9 } }, '"salary_max" >= $1 and "salary_max" < $2'],
    [{ id: { in: [ID] } }, '"id" = any($1)'],
    [{ title: { contains: 'x' } }, '"title" ilike $1'],
    [{ or: [{ title: 'a' }, { title: 'b', salaryMax: 1 }] }, '("title" = $1 or "title" = $2 and "salary_max" = $3)'],
    [{ id: 'junk' }, 'false'],
    [{ id: { in: ['junk', ID] } }, '"id" = any($1)'],
  ])('%j', (condition, sql) => {
    expect(where(condition)).toBe(sql);
  });

  it('takes patterns literally', () => {
    expect(find(jobs, { where: { title: { contains: '50%_\\' } } }).values).toEqual(['%50\\%\\_\\\\%']);
  });

  it('keeps values out of the text, whatever they say', () => {
    const hostile = `'; drop table jobs; --`;
    const statement = find(jobs, { where: { title: hostile } });
    expect(statement.text).not.toContain('drop');
    expect(statement.values).toEqual([hostile]);
  });

  it.each([
    [{ 'title" = 1 or "a': 1 }, /no column/],
    [{ tenantId: ID }, /no column/],
    [{ title: { matches: '.*' } }, /unknown comparison/],
    [{ salaryMax: { contains: 'x' } }, /text column/],
    [{ or: [] }, /must be a list/],
    [{ or: [{ or: [{ or: [{ or: [{ title: 'a' }] }] }] }] }, /too deeply/],
    [{ or: times(60, { or: times(60, { title: 'a' }) }) }, /more than 1000 conditions/],
  ])('refuses %j', (condition, message) => {
    expect(() => find(jobs, { where: condition as never })).toThrow(message);
  });
});

describe('reading', () => {
  it('never selects the tenant and bounds every result', () => {
    const { text } = find(jobs, { order: ['-createdAt', 'title'] });
    expect(text).not.toContain('tenant_id');
    expect(text).toMatch(/order by "created_at" desc, "title" limit 100$/);
    expect(() => find(jobs, { limit: 1001 })).toThrow(/limit/);
    expect(() => find(jobs, { limit: 1.5 })).toThrow(/limit/);
    expect(count(jobs, {}).text).toBe('select count(*) from "p_x"."jobs"');
  });
});

describe('writing', () => {
  it('inserts rows with differing fields in one statement', () => {
    const { text, values } = insert(jobs, [{ title: 'a' }, { title: 'b', detail: { x: [1] } }]);
    expect(text).toContain('("title", "detail") values ($1, default), ($2, $3) returning');
    expect(values).toEqual(['a', 'b', '{"x":[1]}']);
  });

  it('accepts a row of nothing but defaults', () => {
    expect(insert(jobs, [{}]).text).toContain('default values');
  });

  it.each([
    [() => insert(jobs, [{ total: 1 }]), /generated/],
    [() => insert(jobs, []), /1 to 1000 rows/],
    [() => update(jobs, {}, { title: 'x' }), /without a condition/],
    [() => update(jobs, { title: undefined as never }, { title: 'x' }), /without a condition/],
    [() => update(jobs, { id: ID }, {}), /sets nothing/],
    [() => remove(jobs, {}), /without a condition/],
  ])('refuses what would be a mistake (%#)', (make, message) => {
    expect(make).toThrow(message);
  });

  it('names the field whose content cannot be right', () => {
    expect(() => insert(jobs, [{ id: 'junk' }])).toThrow(ApiError);
    expect(() => insert(jobs, [{ title: 'a\0b' }])).toThrow(/NUL/);
    expect(() => insert(jobs, [{ tags: 'a' }])).toThrow(/must be a list/);
  });
});

describe('pages', () => {
  const row = (id: number) => ({
    id: `${ID.slice(0, -1)}${id}`,
    createdAt: `2026-01-0${id}T00:00:00.000001Z`,
    title: 't',
  });

  it('asks for one row more and continues after the last one shown', () => {
    const first = page(jobs, { order: ['-createdAt'], limit: 2 });
    expect(first.text).toMatch(/order by "created_at" desc, "id" desc limit 3$/);
    const { items, nextCursor } = first.toPage([row(3), row(2), row(1)]);
    expect(items).toHaveLength(2);
    const second = page(jobs, { order: ['-createdAt'], limit: 2, cursor: nextCursor });
    expect(second.text).toContain('("created_at", "id") < ($1, $2)');
    expect(second.values).toEqual(['2026-01-02T00:00:00.000001Z', row(2).id]);
    expect(second.toPage([row(1)])).toEqual({ items: [row(1)] });
  });

  it('spells out mixed directions', () => {
    const first = page(jobs, { order: ['title', '-createdAt'], limit: 1 });
    const { nextCursor } = first.toPage([row(1), row(2)]);
    expect(page(jobs, { order: ['title', '-createdAt'], limit: 1, cursor: nextCursor }).text).toContain(
      '(("title" > $1) or ("title" = $1 and "created_at" < $2) or ("title" = $1 and "created_at" = $2 and "id" < $3))',
    );
  });

  it('refuses a cursor of another list and junk', () => {
    const { nextCursor } = page(jobs, { order: ['-createdAt'], limit: 1 }).toPage([row(2), row(1)]);
    const cursors = [nextCursor, 'junk', 'W10', Buffer.from('[1,2,3]').toString('base64url'), ''];
    for (const cursor of cursors) {
      expect(() => page(jobs, { order: ['createdAt'], cursor }), String(cursor)).toThrow(/cursor/);
    }
    expect(() => page(jobs, { where: { title: 'x' }, order: ['-createdAt'], cursor: nextCursor })).toThrow(/cursor/);
  });

  it('refuses to page by a column that may be empty', () => {
    expect(() => page(jobs, { order: ['salaryMax'] })).toThrow(/may be empty/);
  });
});
