import type { Sql } from '../../data/index.ts';
import { timeOf } from '../../paging/index.ts';
import type { Broken } from './broken.ts';
import { checkLinks, type Linked } from './check-links.ts';
import { type ChainSigner, ROW_COLUMNS } from './link.ts';
import { readSeal } from './seal.ts';

/** Where verification is: first the links, then the ends, then the rows, each in the order of their keys. */
export interface Position {
  phase: 'links' | 'ends' | 'rows';
  tenantId: string;
  /** Number of the last link, or time of the last row in microseconds. */
  place: number;
  rowId: string;
}

export interface Slice {
  links: number;
  rows: number;
  broken: Broken[];
  next: Position | null;
}

export interface Verification {
  sql: Sql;
  signer: ChainSigner;
  /** One tenant only. */
  tenantId?: string | undefined;
}

const NIL = '00000000-0000-0000-0000-000000000000';
export const BEGINNING: Position = { phase: 'links', tenantId: NIL, place: 0, rowId: NIL };
const LINKS = 5_000;
const ROWS = 20_000;
/** Of rows without links, at most so many are named in one slice. */
const NAMED = 100;
/** How long a row may wait for its link. */
const PATIENCE = `interval '1 minute'`;

/** Joined one by one: the planner would rather join the whole log for each part of it. */
const CHAIN = `select c.tenant_id as "chainTenant", c.seq, c.content, c.hash, c.row_id as "rowId",
    (extract(epoch from c.row_at) * 1000000)::bigint::text as "rowMicros",
    (extract(epoch from c.noted_at) * 1000000)::bigint::text as "notedMicros",
    h.seq as "headSeq", h.hash as "headHash", h.signature as "headSignature", ${ROW_COLUMNS}
  from (select * from core.audit_chain
          where (tenant_id, seq) >= ($1::uuid, $2::bigint) and ($3::uuid is null or tenant_id = $3)
          order by tenant_id, seq limit ${LINKS}) c
  left join core.audit_heads h on h.tenant_id = c.tenant_id
  left join lateral (
    select * from core.audit_log l where l.tenant_id = c.tenant_id and l.at = c.row_at and l.id = c.row_id offset 0
  ) l on true
  order by c.tenant_id, c.seq`;

const COUNTS = `select (select coalesce(sum(seq), 0)::bigint from core.audit_heads) as links,
    (select count(*) from core.audit_heads) as chains`;

const EMPTY_CHAINS = `select tenant_id as "tenantId", seq from core.audit_heads h
  where ($1::uuid is null or tenant_id = $1)
    and not exists (select from core.audit_chain c where c.tenant_id = h.tenant_id) order by 1 limit ${NAMED}`;

const LOST_WHILE_WAITING = `select p.tenant_id as "tenantId", p.id,
    (extract(epoch from p.at) * 1000000)::bigint::text as micros
  from core.audit_pending p
  where ($1::uuid is null or p.tenant_id = $1) and not exists (
    select from core.audit_log l where l.tenant_id = p.tenant_id and l.at = p.at and l.id = p.id)
  order by p.seq limit ${NAMED}`;

const UNLINKED = `with page as (
    select tenant_id, at, id from core.audit_log
      where (tenant_id, at, id) > ($1::uuid, ${timeOf('$2')}, $3::uuid) and ($4::uuid is null or tenant_id = $4)
      order by tenant_id, at, id limit ${ROWS}
  ), unlinked as (
    select page.*, p.id is not null as waiting from page
      left join lateral (
        select c.row_id from core.audit_chain c
          where c.tenant_id = page.tenant_id and c.row_at = page.at and c.row_id = page.id offset 0
      ) c on true
      left join core.audit_pending p on p.tenant_id = page.tenant_id and p.at = page.at and p.id = page.id
      where c.row_id is null and (p.id is null or page.at < now() - ${PATIENCE})
      order by 1, 2, 3 limit ${NAMED}
  )
  select (select count(*) from page) as count,
    (select json_build_object('tenantId', tenant_id, 'id', id,
        'micros', (extract(epoch from at) * 1000000)::bigint) from page order by tenant_id desc, at desc, id desc limit 1) as last,
    (select coalesce(json_agg(json_build_object('tenantId', tenant_id, 'id', id,
        'micros', (extract(epoch from at) * 1000000)::bigint::text, 'waiting', waiting)), '[]') from unlinked) as rows`;

interface Unlinked {
  count: number;
  last: { tenantId: string; id: string; micros: number } | null;
  rows: { tenantId: string; id: string; micros: string; waiting: boolean }[];
}

/** Verifies one part, in bounded memory and time, and tells where to go on. Works while the platform writes. */
export function verifySlice(verification: Verification, position: Position): Promise<Slice> {
  if (position.phase === 'links') return links(verification, position);
  return position.phase === 'ends' ? ends(verification) : unlinkedRows(verification, position);
}

async function links({ sql, signer, tenantId }: Verification, position: Position): Promise<Slice> {
  const sealed = await readSeal(sql);
  const { rows } = await sql.query<Linked>(CHAIN, [position.tenantId, position.place, tenantId ?? null]);
  const ended = rows.length < LINKS;
  const broken = checkLinks(rows, {
    signer,
    keptFromMicros: sealed?.seal.keptFromMicros ?? null,
    continued: position.place > 0,
    ended,
  });
  const last = rows.at(-1);
  const next: Position =
    ended || last === undefined
      ? { ...BEGINNING, phase: 'ends' }
      : { phase: 'links', tenantId: last.chainTenant, place: last.seq, rowId: NIL };
  // The first link of a slice that goes on is the last of the one before.
  return { links: Math.max(0, rows.length - (position.place > 0 ? 1 : 0)), rows: 0, broken, next };
}

async function ends({ sql, signer, tenantId }: Verification): Promise<Slice> {
  const broken: Broken[] = [];
  const { rows: empty } = await sql.query<{ tenantId: string; seq: number }>(EMPTY_CHAINS, [tenantId ?? null]);
  for (const head of empty) {
    const message = `all ${head.seq} links of the chain are gone`;
    broken.push({ kind: 'cut', message, tenantId: head.tenantId, seq: 1, row: null });
  }
  const { rows: lost } = await sql.query<{ tenantId: string; id: string; micros: string }>(LOST_WHILE_WAITING, [
    tenantId ?? null,
  ]);
  for (const { id, micros, tenantId: tenant } of lost) {
    const message = 'the row is gone, before it became part of the chain';
    broken.push({ kind: 'removed', message, tenantId: tenant, seq: null, row: { id, micros } });
  }
  broken.push(...(await checkCounts(sql, signer)));
  return { links: 0, rows: 0, broken, next: { ...BEGINNING, phase: 'rows' } };
}

async function checkCounts(sql: Sql, signer: ChainSigner): Promise<Broken[]> {
  const ofAll = { tenantId: null, seq: null, row: null };
  // Sealing moves heads and seal in one transaction; asked one after the other they may differ by what came between.
  for (let attempt = 1; ; attempt++) {
    const before = await readSeal(sql);
    const { rows } = await sql.query<{ links: number; chains: number }>(COUNTS);
    const sealed = await readSeal(sql);
    if (!sealed || !before) return [{ kind: 'forged', message: 'the seal over all chains is gone', ...ofAll }];
    if (before.seal.links !== sealed.seal.links && attempt < 20) continue;
    const { seal, signature } = sealed;
    if (!signer.isSeal(seal, signature)) {
      return [{ kind: 'forged', message: 'the seal over all chains was not signed by this platform', ...ofAll }];
    }
    const { links: linked = 0, chains = 0 } = rows[0] ?? {};
    if (linked === seal.links && chains === seal.chains) return [];
    const message =
      `${seal.links} links in ${seal.chains} chains were sealed, the chains end at ${linked} in ${chains}: ` +
      'a chain was removed or returned to an earlier end';
    return [{ kind: 'miscounted', message, ...ofAll }];
  }
}

async function unlinkedRows({ sql, tenantId }: Verification, position: Position): Promise<Slice> {
  const after = [position.tenantId, position.place, position.rowId];
  const { rows } = await sql.query<Unlinked>(UNLINKED, [...after, tenantId ?? null]);
  const { count = 0, last = null, rows: unlinked = [] } = rows[0] ?? {};
  const broken = unlinked.map(({ waiting, id, micros, tenantId: tenant }): Broken => {
    const found = { tenantId: tenant, seq: null, row: { id, micros } };
    return waiting
      ? { kind: 'unsealed', message: 'the row waits for its link for more than a minute', ...found }
      : { kind: 'inserted', message: 'the row is no part of the chain', ...found };
  });
  const next: Position | null =
    count < ROWS || last === null
      ? null
      : { phase: 'rows', tenantId: last.tenantId, place: last.micros, rowId: last.id };
  return { links: 0, rows: count, broken, next };
}
