import { beforeAll, describe, expect, test } from 'vitest';
import { type LockedRelation, lockedRelations } from './locked-relations.ts';
import { moveSchema } from './move-schema.ts';
import { loadParser } from './parse.ts';
import { resultStars, spellOutStars } from './result-stars.ts';

beforeAll(() => loadParser());

test.each<[string, string]>([
  ['select * from p_crm.leads', 'select * from q.leads'],
  ['select * from P_Crm . leads', 'select * from q . leads'],
  ['select * from "p_crm"."leads"', 'select * from q."leads"'],
  ['select p_crm.id, x.p_crm from leads p_crm', 'select q.id, x.q from leads q'],
  [`select 'p_crm.leads', $$p_crm.leads$$ -- p_crm.leads`, `select 'p_crm.leads', $$p_crm.leads$$ -- p_crm.leads`],
  [
    'select * from p_crm_2.leads, xp_crm.leads, "P_CRM".leads',
    'select * from p_crm_2.leads, xp_crm.leads, "P_CRM".leads',
  ],
  [`select bazaar.protect('p_crm.leads')`, `select bazaar.protect('q.leads')`],
  [`select "bazaar"."protect"( '"p_crm"."leads"' )`, `select "bazaar"."protect"( '"q"."leads"' )`],
  [`select 'é', p_crm.a from p_crm.b -- ü`, `select 'é', q.a from q.b -- ü`],
  ['select $1::p_crm.mood', 'select $1::q.mood'],
  ['', ''],
])('another schema: %s', (sql, moved) => {
  expect(moveSchema(sql, 'p_crm', 'q')).toBe(moved);
});

describe('stars of the list of results', () => {
  test.each<[string, number[], string[], string]>([
    ['select * from a', [2], ['x', 'y'], 'select "x", "y" from a'],
    ['select * from a', [0], [], 'select  from a'],
    ['select a.*, 1 as n, b.* from a, b', [1, 2], ['x', 'n', 'y', 'z'], 'select a."x", 1 as n, b."y", b."z" from a, b'],
    [`select 'é*' as e, "ä" . * from "ä"`, [1], ['e', 'x"y'], `select 'é*' as e, "ä" . "x""y" from "ä"`],
    ['select 2 * 3 as p, * from a', [1], ['p', 'x'], 'select 2 * 3 as p, "x" from a'],
    ['insert into a (x) values (1) returning *', [1], ['x'], 'insert into a (x) values (1) returning "x"'],
    ['update a set x = 1 returning old.*, new.x', [1], ['x', 'x2'], 'update a set x = 1 returning old."x", new.x'],
    ['delete from a returning a.*', [1], ['x'], 'delete from a returning a."x"'],
    ['with s as (select * from a) select * from s', [1], ['x'], 'with s as (select * from a) select "x" from s'],
  ])('%s', (sql, widths, columns, spelledOut) => {
    expect(spellOutStars(sql, resultStars('q', sql), widths, columns)).toBe(spelledOut);
  });

  test.each([
    'select count(*) from a',
    'select x from (select * from a) s',
    'select (a).* from a',
    'select * from a union all select * from b',
    'insert into a select * from b returning x',
    'delete from a',
  ])('none: %s', (sql) => {
    expect(resultStars('q', sql).stars).toEqual([]);
  });

  test('numbers that do not add up are not written out', () => {
    const stars = resultStars('q', 'select * from a');
    expect(spellOutStars('select * from a', stars, [3], ['x', 'y'])).toBeUndefined();
    expect(spellOutStars('select * from a', stars, [], ['x'])).toBeUndefined();
  });
});

const lock = (name: string, mode: LockedRelation['mode'], neighbours = false) => ({ name, mode, neighbours });

test.each<[string, LockedRelation[]]>([
  [`select bazaar.protect('a'); comment on table a is 'x'; create type t as enum ('x')`, []],
  ['create table a (x int)', []],
  ['create index on p_crm.a (x)', [lock('a', 'share')]],
  ['alter table a add column x int', [lock('a', 'access exclusive')]],
  ['alter table a drop column x', [lock('a', 'access exclusive', true)]],
  ['alter table a rename to b', [lock('a', 'access exclusive')]],
  [
    'alter table a add foreign key (x) references b (y)',
    [lock('b', 'share row exclusive'), lock('a', 'access exclusive')],
  ],
  [
    'create table c (x int references a (x), foreign key (x) references b)',
    [lock('a', 'share row exclusive'), lock('b', 'share row exclusive')],
  ],
  ['create table c partition of a default', [lock('a', 'access exclusive')]],
  ['alter table a attach partition b default', [lock('a', 'access exclusive'), lock('b', 'access exclusive')]],
  ['drop table p_crm.a, b', [lock('a', 'access exclusive', true), lock('b', 'access exclusive', true)]],
  ['drop index i', [lock('i', 'access exclusive', true)]],
  ['drop type t', []],
  ['insert into a select * from b', [lock('a', 'share row exclusive')]],
  [
    'with gone as (delete from a returning *) update b set x = 1',
    [lock('b', 'share row exclusive'), lock('a', 'share row exclusive')],
  ],
])('locks: %s', (sql, locked) => {
  const sorted = (list: LockedRelation[]) => list.map((one) => JSON.stringify(one)).sort();
  expect(sorted(lockedRelations('migration', sql))).toEqual(sorted(locked));
});
