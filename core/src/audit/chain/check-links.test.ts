import { describe, expect, it } from 'vitest';
import { checkLinks, type Linked } from './check-links.ts';
import { BEFORE_FIRST, ChainSigner, contentOf, hashOf } from './link.ts';

const TENANTS = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'] as const;
const signer = new ChainSigner(Buffer.alloc(32, 1));

/** A chain as it was sealed. */
function chainOf(tenantId: string, count: number): Linked[] {
  let before: Buffer = BEFORE_FIRST;
  const links = Array.from({ length: count }, (_, index): Linked => {
    const seq = index + 1;
    const micros = `${1_795_000_000_000_000 + seq}`;
    const row = {
      tenantId,
      micros,
      id: `00000000-0000-4000-9000-0000000000${String(seq).padStart(2, '0')}`,
      actorKind: 'system',
      actorId: null,
      pluginId: null,
      action: 'test.done',
      entityId: null,
      detail: `{"n": ${seq}}`,
      requestId: null,
      ip: null,
      userAgent: null,
    };
    const content = contentOf(row);
    const hash = hashOf(before, { tenantId, seq, content, notedMicros: micros });
    before = hash;
    const key = { chainTenant: tenantId, rowId: row.id, rowMicros: micros, notedMicros: micros };
    return { ...row, ...key, seq, content, hash, headSeq: count, headHash: null, headSignature: null };
  });
  const headSignature = signer.head({ tenantId, seq: count, hash: before });
  return links.map((link) => ({ ...link, headHash: before, headSignature }));
}

const both = () => [...chainOf(TENANTS[0], 4), ...chainOf(TENANTS[1], 3)];

function found(links: readonly Linked[], more: { continued?: boolean; ended?: boolean; keptFromMicros?: string } = {}) {
  const check = { signer, keptFromMicros: null, continued: false, ended: true, ...more };
  return checkLinks(links, check).map(({ kind, seq }) => `${kind} ${seq}`);
}

const without = (...at: number[]) => both().filter((_, index) => !at.includes(index));
const changed = (at: number, change: Partial<Linked>) =>
  both().map((link, index) => (index === at ? { ...link, ...change } : link));
const everywhere = (change: Partial<Linked>) =>
  both().map((link, index) => (index < 4 ? { ...link, ...change } : link));

describe('links', () => {
  it('in order are found in order, also in parts', () => {
    const links = both();
    expect(found(links)).toEqual([]);
    for (let at = 1; at < links.length; at++) {
      expect(found(links.slice(0, at), { ended: false }), `to ${at}`).toEqual([]);
      expect(found(links.slice(at - 1), { continued: true }), `from ${at}`).toEqual([]);
    }
    expect(found([])).toEqual([]);
  });

  it.each<[string, Linked[], string[]]>([
    ['another action', changed(1, { action: 'x' }), ['altered 2']],
    ['another detail', changed(0, { detail: '{}' }), ['altered 1']],
    ['null instead of a text', changed(2, { actorId: TENANTS[1] }), ['altered 3']],
    ['no row', changed(2, { id: null, tenantId: null, micros: null }), ['removed 3']],
    ['no link', without(1), ['removed 2']],
    ['no links', without(1, 2), ['removed 2']],
    ['no first link', without(0), ['removed 1']],
    ['no last link', without(3), ['cut 4']],
    ['no first link of another tenant', without(4), ['removed 1']],
    ['another hash', changed(1, { hash: Buffer.alloc(32) }), ['reordered 2', 'reordered 3']],
    ['another arrival', changed(1, { notedMicros: '1795000000000009' }), ['reordered 2']],
    ['an end signed by somebody else', everywhere({ headSignature: Buffer.alloc(32) }), ['forged 4']],
    ['an end without its signature', everywhere({ headSeq: null }), ['forged 4']],
    ['an earlier end', everywhere({ headSeq: 3 }), ['forged 4']],
  ])('with %s are named', (_name, links, expected) => {
    expect(found(links)).toEqual(expected);
  });

  it('without rows are in order where retention has been', () => {
    const gone = changed(1, { id: null, tenantId: null, micros: null });
    expect(found(gone, { keptFromMicros: '1795000000000003' })).toEqual([]);
    expect(found(gone, { keptFromMicros: '1795000000000002' })).toEqual(['removed 2']);
  });
});

describe('a signature', () => {
  it('of another key, head or count is none', () => {
    const head = { tenantId: TENANTS[0], seq: 2, hash: Buffer.alloc(32, 7) };
    const signature = signer.head(head);
    expect(signer.isHead(head, signature)).toBe(true);
    expect(signer.isHead({ ...head, seq: 3 }, signature)).toBe(false);
    expect(new ChainSigner(Buffer.alloc(32, 2)).isHead(head, signature)).toBe(false);
    expect(signer.isHead(head, Buffer.alloc(0))).toBe(false);
    const seal = { links: 1, chains: 1, keptFromMicros: null };
    expect(signer.isSeal(seal, signer.seal(seal))).toBe(true);
    expect(signer.isSeal(seal, null)).toBe(false);
    expect(signer.isSeal({ links: 0, chains: 0, keptFromMicros: null }, null)).toBe(true);
  });
});
