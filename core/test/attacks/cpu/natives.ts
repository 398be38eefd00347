import { type Attack, STOPPED } from '../support/attack.ts';

/** Built-in functions that compute for a long time; some cannot be interrupted at all. */
export const NATIVES: readonly Attack[] = [
  {
    name: 'index-of',
    tries: 'a search that nothing can interrupt',
    run: 'return { found: [].indexOf.call({ length: 2 ** 53 - 1 }, 1) };',
    ends: STOPPED,
  },
  {
    name: 'includes-last-index',
    tries: 'searches over the length of nothing, one in each call',
    run: `const endless = { length: 2 ** 53 - 1 };
      await Promise.all([ctx.settings.get().then(() => [].includes.call(endless, 1)), ctx.settings.get()]);
      return { found: [].lastIndexOf.call(endless, 1) };`,
    ends: STOPPED,
  },
  {
    name: 'regex',
    tries: 'a regular expression that backtracks for ever',
    run: "return { matched: /^(?:(a+)+|b)*$/.test('a'.repeat(60) + '!') };",
    ends: STOPPED,
  },
  {
    name: 'regex-replace',
    tries: 'a regular expression that backtracks at each place of a long text',
    run: "return { length: 'ab'.repeat(500_000).replace(/(?:a|b|ab)*c/g, '').length };",
    // It may run out of stack before it runs out of time.
    ends: { kind: 'stopped' },
  },
  {
    name: 'bigint-power',
    tries: 'a power of nearly a billion bits',
    run: 'return { bits: String((3n ** 600_000_000n) & 1n) };',
    ends: STOPPED,
  },
  {
    name: 'bigint-text',
    tries: 'to write numbers of millions of digits',
    run: "let text = ''; for (let n = 7n ** 9_000_000n; ; n += 1n) text = n.toString(); return { text };",
    ends: STOPPED,
  },
  {
    name: 'hostile-sort',
    tries: 'a sort whose comparator neither agrees with itself nor ends soon',
    run: `const numbers = Array.from({ length: 200_000 }, (_, index) => index);
      numbers.sort(() => { for (let i = 0; i < 1e5; i += 1); return Math.random() - 0.5; });
      return { first: numbers[0] };`,
    ends: STOPPED,
  },
  {
    name: 'native-sort',
    tries: 'to sort typed arrays, natively, again and again',
    run: `const numbers = new Float64Array(2_000_000);
      for (;;) { for (let i = 0; i < numbers.length; i += 64) numbers[i] = Math.random(); numbers.sort(); }`,
    ends: STOPPED,
  },
  {
    name: 'text-search',
    tries: 'a search in text whose cost is the product of both lengths',
    run: `const text = 'ab'.repeat(2 ** 22), words = Array.from({ length: 99 }, (_, i) => 'b' + 'ab'.repeat(4_000 + i));
      for (let found = 0; ; found += 1) for (const word of words) text.lastIndexOf(word + 'c');`,
    ends: STOPPED,
  },
  {
    name: 'stringify-tree',
    tries: 'to write a value whose text is exponentially longer than itself',
    run: `let tree = { leaf: 1 };
      for (let depth = 0; depth < 60; depth += 1) tree = { left: tree, right: tree };
      for (;;) try { JSON.stringify(tree); } catch {}`,
    ends: STOPPED,
  },
  {
    name: 'parse-giants',
    tries: 'to parse long texts without end',
    run: "const text = '[' + '1,'.repeat(1_000_000) + '1]'; for (;;) JSON.parse(text);",
    ends: STOPPED,
  },
  {
    name: 'intl-loop',
    tries: 'formatters of every calendar, whose memory lies outside of the heap',
    run: `const calendars = ['buddhist', 'chinese', 'hebrew', 'islamic', 'japanese', 'persian'];
      const kept = [];
      for (let i = 0; ; i += 1) {
        const locale = 'ar-EG-u-ca-' + calendars[i % calendars.length];
        const format = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'full', timeZone: 'Asia/Tokyo' });
        kept[i % 200] = format;
        format.format(new Date(i * 1e8));
      }`,
    ends: STOPPED,
  },
  {
    name: 'copy-within',
    tries: 'to move memory to and fro',
    run: 'const bytes = new Uint8Array(2 ** 24); for (;;) bytes.copyWithin(1, 0).fill(7).reverse();',
    ends: STOPPED,
  },
];
