import type { Broken, Damage } from './broken.ts';
import { BEFORE_FIRST, type ChainSigner, contentOf, hashOf, type LoggedRow } from './link.ts';

/** A link as stored, with the row it stands for (all `null` when that is gone) and the end of its tenant's chain. */
export interface Linked extends Omit<LoggedRow, 'id' | 'micros' | 'tenantId'> {
  chainTenant: string;
  seq: number;
  content: Buffer;
  hash: Buffer;
  rowId: string;
  rowMicros: string;
  notedMicros: string;
  headSeq: number | null;
  headHash: Buffer | null;
  headSignature: Buffer | null;
  id: string | null;
  tenantId: string | null;
  micros: string | null;
}

export interface LinkCheck {
  signer: ChainSigner;
  /** Rows before it may be gone. */
  keptFromMicros: string | null;
  /** The first link was checked before and is what the next one follows. */
  continued: boolean;
  /** No link follows the last one. */
  ended: boolean;
}

/** Longer than any transaction lasts: between what a row says of its time and its arrival. */
const LONGEST_TRANSACTION_MICROS = 15n * 60n * 1_000_000n;
/** Rows become links in the order of their arrival; no clock is set back by more than this. */
const CLOCK_MICROS = 24n * 60n * 60n * 1_000_000n;

/** Links in the order of tenant and number. Names everything that is wrong, in that order. */
export function checkLinks(links: readonly Linked[], check: LinkCheck): Broken[] {
  const broken: Broken[] = [];
  let before: Linked | null = null;
  for (const [index, link] of links.entries()) {
    const sameChain: boolean = before?.chainTenant === link.chainTenant;
    if (before !== null && !sameChain) broken.push(...checkEnd(before, check.signer));
    if (index > 0 || !check.continued) broken.push(...checkLink(sameChain ? before : null, link, check));
    before = link;
  }
  if (before !== null && check.ended) broken.push(...checkEnd(before, check.signer));
  return broken;
}

function damage(kind: Damage, message: string, link: Linked, seq = link.seq): Broken {
  return { kind, message, tenantId: link.chainTenant, seq, row: { id: link.rowId, micros: link.rowMicros } };
}

function checkLink(before: Linked | null, link: Linked, { keptFromMicros }: LinkCheck): Broken[] {
  const broken: Broken[] = [];
  const expected = (before?.seq ?? 0) + 1;
  const follows = link.seq === expected;
  if (!follows) {
    const missing = link.seq - expected;
    const message = missing === 1 ? 'the link is gone' : `${missing} links are gone`;
    broken.push({ kind: 'removed', message, tenantId: link.chainTenant, seq: expected, row: null });
  }
  const { id, tenantId, micros } = link;
  const isKept = keptFromMicros === null || BigInt(link.rowMicros) >= BigInt(keptFromMicros);
  if (id === null || tenantId === null || micros === null) {
    if (isKept) broken.push(damage('removed', 'the row is gone', link));
  } else if (!contentOf({ ...link, id, tenantId, micros }).equals(link.content)) {
    broken.push(damage('altered', 'the row does not say what it said when it was written', link));
  }
  if (broken.length > 0) return broken;
  const { chainTenant, seq, content, notedMicros } = link;
  const hash = hashOf(before?.hash ?? BEFORE_FIRST, { tenantId: chainTenant, seq, content, notedMicros });
  if (!hash.equals(link.hash)) {
    return [damage('reordered', 'the link does not follow the one before it: moved, replaced or made anew', link)];
  }
  return isLate(before, link) ? [damage('backdated', 'the row says it is older than it is', link)] : [];
}

function isLate(before: Linked | null, link: Linked): boolean {
  const noted = BigInt(link.notedMicros);
  return (
    BigInt(link.rowMicros) < noted - LONGEST_TRANSACTION_MICROS ||
    (before !== null && noted < BigInt(before.notedMicros) - CLOCK_MICROS)
  );
}

/** The last link there is against the end that was signed. */
function checkEnd(last: Linked, signer: ChainSigner): Broken[] {
  const { chainTenant: tenantId, headSeq: seq, headHash: hash, headSignature: signature } = last;
  if (seq === null || hash === null || signature === null) {
    return [damage('forged', 'the chain has no signed end', last)];
  }
  if (!signer.isHead({ tenantId, seq, hash }, signature)) {
    return [damage('forged', 'the end of the chain was not signed by this platform', last)];
  }
  if (last.seq < seq) {
    return [{ ...damage('cut', `the chain was cut off: links up to ${seq} are gone`, last, last.seq + 1), row: null }];
  }
  if (last.seq > seq) {
    return [damage('forged', `links were added after the signed end (${seq})`, last, seq + 1)];
  }
  return hash.equals(last.hash) ? [] : [damage('forged', 'the chain ends otherwise than was signed', last)];
}
