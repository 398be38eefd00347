import type { PlatformSql } from '../../data/index.ts';
import type { Log } from '../../logging/index.ts';
import type { Broken } from './broken.ts';
import { ChainSigner } from './link.ts';
import { readSeal, writeSeal } from './seal.ts';
import { Sealer } from './sealer.ts';
import { BEGINNING, type Position, verifySlice } from './verify.ts';

export interface AuditChainOptions {
  sql: PlatformSql;
  /** 256 bits, for nothing else. */
  key: Buffer;
  log: Log;
}

/** One damage, as it is told. */
interface NamedBroken extends Omit<Broken, 'seq' | 'row'> {
  tenant: string | null;
  link: number | null;
  rowId: string | null;
  /** ISO 8601 with microseconds. */
  rowAt: string | null;
}

export interface VerifiedPart {
  links: number;
  rows: number;
  broken: NamedBroken[];
  next: Position | null;
}

/** The chain of hashes that the audit log is sealed with: each tenant's own, its end signed. */
export interface AuditChain {
  /** Seals what is written from now on, and what was left. */
  start(): void;
  stop(): Promise<void>;
  /** Seals now what waits; returns how many rows. */
  seal(): Promise<number>;
  verify(position: Position, tenantId?: string): Promise<VerifiedPart>;
  /** Rows before this moment may be gone from now on: to be said before they are removed. */
  keepFrom(moment: Date): Promise<void>;
}

export function createAuditChain({ sql, key, log }: AuditChainOptions): AuditChain {
  const signer = new ChainSigner(key);
  const sealer = new Sealer({ sql, signer, log });

  async function named(broken: readonly Broken[]): Promise<NamedBroken[]> {
    if (broken.length === 0) return [];
    const { rows } = await sql.query<{ id: string; slug: string }>(
      'select id, slug from core.tenants where id = any($1::uuid[])',
      [broken.map(({ tenantId }) => tenantId).filter((id) => id !== null)],
    );
    const slugs = new Map(rows.map(({ id, slug }) => [id, slug]));
    return broken.map(({ seq, row, ...rest }) => ({
      ...rest,
      tenant: slugs.get(rest.tenantId ?? '') ?? null,
      link: seq,
      rowId: row?.id ?? null,
      rowAt: row === null ? null : momentOf(row.micros),
    }));
  }

  return {
    start: () => sealer.start(),
    stop: () => sealer.stop(),
    seal: () => sealer.seal(),
    async verify(position, tenantId) {
      // Nothing is told to wait that only has just been written.
      if (position === BEGINNING) await sealer.seal();
      const slice = await verifySlice({ sql, signer, tenantId }, position);
      return { ...slice, broken: await named(slice.broken) };
    },
    async keepFrom(moment) {
      await sql.transaction(async (transaction) => {
        const read = await readSeal(transaction, 'for update');
        if (read === null || !signer.isSeal(read.seal, read.signature)) {
          throw new Error('the seal of the audit log was not signed by this platform');
        }
        const keptFromMicros = `${moment.getTime()}000`;
        const isLater = read.seal.keptFromMicros === null || BigInt(read.seal.keptFromMicros) < BigInt(keptFromMicros);
        if (isLater) await writeSeal(transaction, signer, { ...read.seal, keptFromMicros });
      });
    },
  };
}

function momentOf(micros: string): string {
  const whole = BigInt(micros) / 1_000n;
  return new Date(Number(whole)).toISOString().replace('Z', `${String(BigInt(micros) % 1_000n).padStart(3, '0')}Z`);
}
