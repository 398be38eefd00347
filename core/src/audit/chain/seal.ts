import type { Sql } from '../../data/index.ts';
import type { ChainSigner, Seal } from './link.ts';

/** The count of all chains; `null` when a lock was asked for that another has. */
export async function readSeal(
  sql: Sql,
  lock: '' | 'for update' | 'for update skip locked' = '',
): Promise<{ seal: Seal; signature: Buffer | null } | null> {
  const { rows } = await sql.query<Seal & { signature: Buffer | null }>(
    `select links, chains, (extract(epoch from kept_from) * 1000000)::bigint::text as "keptFromMicros", signature
       from core.audit_seal ${lock}`,
  );
  const [row] = rows;
  if (!row) return null;
  const { signature, ...seal } = row;
  return { seal, signature };
}

export async function writeSeal(sql: Sql, signer: ChainSigner, seal: Seal): Promise<void> {
  await sql.query(
    `update core.audit_seal set links = $1, chains = $2,
       kept_from = timestamptz 'epoch' + $3::bigint * interval '1 microsecond', signature = $4`,
    [seal.links, seal.chains, seal.keptFromMicros, signer.seal(seal)],
  );
}
