import type { PlatformSql, Sql } from '../../data/index.ts';
import type { Log } from '../../logging/index.ts';
import { timeOf } from '../../paging/index.ts';
import { BEFORE_FIRST, type ChainSigner, contentOf, type Head, hashOf, type LoggedRow, ROW_COLUMNS } from './link.ts';
import { readSeal, writeSeal } from './seal.ts';

export interface SealerOptions {
  sql: PlatformSql;
  signer: ChainSigner;
  log: Log;
}

interface WaitingRow extends LoggedRow {
  /** Its number among those that wait. */
  pending: number;
  notedMicros: string;
}

/** The row that was noted is gone. */
interface LostRow {
  id: null;
  pending: number;
}

interface Batch {
  sealed: number;
  /** The last that was looked at; `null` when none waits after it. */
  last: number | null;
}

const BATCH = 1_000;
const INTERVAL_MS = 1_000;

/** Those that have waited longest; one by one, as the planner would rather join all there are. */
const WAITING = `with waiting as materialized (select * from core.audit_pending where seq > $1 order by seq limit ${BATCH})
  select p.seq as pending, (extract(epoch from p.noted_at) * 1000000)::bigint::text as "notedMicros", ${ROW_COLUMNS}
  from waiting p left join lateral (
    select * from core.audit_log l where l.tenant_id = p.tenant_id and l.at = p.at and l.id = p.id offset 0
  ) l on true
  order by p.seq`;

const LINK = `insert into core.audit_chain (tenant_id, seq, row_at, row_id, content, noted_at, hash)
  select tenant, seq, ${timeOf('at')}, id, content, ${timeOf('noted')}, hash
    from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::uuid[], $5::bytea[], $6::bigint[], $7::bytea[])
      as link (tenant, seq, at, id, content, noted, hash)`;

const MOVE_HEADS = `insert into core.audit_heads (tenant_id, seq, hash, signature)
  select * from unnest($1::uuid[], $2::bigint[], $3::bytea[], $4::bytea[])
  on conflict (tenant_id) do update set seq = excluded.seq, hash = excluded.hash, signature = excluded.signature`;

/**
 * Adds what was written to the log to its tenant's chain, every second, one node at a time. What was tampered with is
 * never continued, which would make it good again: that tenant's rows wait, and verification says why.
 */
export class Sealer {
  readonly #options: SealerOptions;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  /** Tenants whose chain does not end in a head that this platform has signed. */
  readonly #forged = new Set<string>();
  #complained = '';

  constructor(options: SealerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => this.#begin(), INTERVAL_MS).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  /** Seals all that waits, unless another node does so now. Returns how many rows. */
  async seal(): Promise<number> {
    const { sql } = this.#options;
    const { rows } = await sql.query<{ waiting: boolean }>('select exists (select from core.audit_pending) as waiting');
    if (!rows[0]?.waiting) return 0;
    this.#forged.clear();
    let sealed = 0;
    for (let after: number | null = 0; after !== null; ) {
      const from: number = after;
      const batch: Batch = await sql.transaction((transaction) => this.#sealBatch(transaction, from));
      sealed += batch.sealed;
      after = batch.last;
    }
    return sealed;
  }

  #begin(): void {
    this.#running ??= this.seal()
      .then(() => undefined)
      .catch((error: unknown) => this.#options.log.error({ err: error }, 'the audit log could not be sealed'))
      .finally(() => {
        this.#running = undefined;
      });
  }

  /** Nothing is done when another node is at it, or nothing may be continued. */
  async #sealBatch(sql: Sql, after: number): Promise<Batch> {
    const { signer } = this.#options;
    const read = await readSeal(sql, 'for update skip locked');
    if (read === null) return { sealed: 0, last: null };
    if (!signer.isSeal(read.seal, read.signature)) {
      this.#complain('the seal of the audit log was not signed by this platform');
      return { sealed: 0, last: null };
    }
    const { rows: waiting } = await sql.query<WaitingRow | LostRow>(WAITING, [after]);
    const last = waiting.length < BATCH ? null : (waiting.at(-1)?.pending ?? null);
    // Whose row is gone has waited for nothing; verification tells.
    const rows = waiting.filter((row): row is WaitingRow => row.id !== null);
    const heads = await this.#heads(sql, [...new Set(rows.map(({ tenantId }) => tenantId))]);
    const known = new Set(heads.keys());
    const links: { row: WaitingRow; seq: number; content: Buffer; hash: Buffer }[] = [];
    for (const row of rows) {
      if (this.#forged.has(row.tenantId)) continue;
      const { tenantId, notedMicros } = row;
      const head = heads.get(tenantId) ?? { tenantId, seq: 0, hash: BEFORE_FIRST };
      const content = contentOf(row);
      const seq = head.seq + 1;
      const hash = hashOf(head.hash, { tenantId, seq, content, notedMicros });
      heads.set(tenantId, { tenantId, seq, hash });
      links.push({ row, seq, content, hash });
    }
    if (links.length === 0) return { sealed: 0, last };
    await sql.query(LINK, [
      links.map(({ row }) => row.tenantId),
      links.map(({ seq }) => seq),
      links.map(({ row }) => row.micros),
      links.map(({ row }) => row.id),
      links.map(({ content }) => content),
      links.map(({ row }) => row.notedMicros),
      links.map(({ hash }) => hash),
    ]);
    const moved = [...heads.values()];
    await sql.query(MOVE_HEADS, [
      moved.map(({ tenantId }) => tenantId),
      moved.map(({ seq }) => seq),
      moved.map(({ hash }) => hash),
      moved.map((head) => signer.head(head)),
    ]);
    await writeSeal(sql, signer, {
      ...read.seal,
      links: read.seal.links + links.length,
      chains: read.seal.chains + moved.filter(({ tenantId }) => !known.has(tenantId)).length,
    });
    await sql.query('delete from core.audit_pending where seq = any($1::bigint[])', [
      links.map(({ row }) => row.pending),
    ]);
    return { sealed: links.length, last };
  }

  /** The ends of these tenants' chains that are as this platform has signed them. */
  async #heads(sql: Sql, tenants: readonly string[]): Promise<Map<string, Head>> {
    const { rows } = await sql.query<Head & { signature: Buffer }>(
      'select tenant_id as "tenantId", seq, hash, signature from core.audit_heads where tenant_id = any($1::uuid[])',
      [tenants],
    );
    const heads = new Map<string, Head>();
    for (const { signature, ...head } of rows) {
      if (this.#options.signer.isHead(head, signature)) heads.set(head.tenantId, head);
      else this.#forged.add(head.tenantId);
    }
    // A chain whose head is gone is not begun anew.
    const headless = tenants.filter((tenant) => !heads.has(tenant) && !this.#forged.has(tenant));
    if (headless.length > 0) {
      const orphans = await sql.query<{ tenantId: string }>(
        'select distinct tenant_id as "tenantId" from core.audit_chain where tenant_id = any($1::uuid[])',
        [headless],
      );
      for (const { tenantId } of orphans.rows) this.#forged.add(tenantId);
    }
    if (this.#forged.size > 0) this.#complain(`the audit log of ${[...this.#forged].sort()} was tampered with`);
    return heads;
  }

  /** Once for each state: it stays until somebody looks at it. */
  #complain(message: string): void {
    if (this.#complained === message) return;
    this.#complained = message;
    this.#options.log.error({}, `${message}: see \`bazaar audit verify\``);
  }
}
