import { expect, it } from 'vitest';
import type { Stretch } from '../../files/index.ts';
import { Collected, listText } from './collected.ts';

/** A scratch file in memory. */
function memory() {
  let content = Buffer.alloc(0);
  return {
    async append(text: string): Promise<Stretch> {
      const start = content.length;
      content = Buffer.concat([content, Buffer.from(text)]);
      return { start, length: content.length - start };
    },
    async *read({ start, length }: Stretch) {
      yield content.subarray(start, start + length);
    },
  };
}

it('writes lists that came in parts as JSON.stringify writes the whole', async () => {
  const scratch = memory();
  const collected = new Collected(scratch);
  const records = [{ text: 'two\nlines\u2028"quoted"' }, { list: [1, { deep: null }], none: [] }, {}, { ü: '🙂' }];
  await collected.add({ name: 'a', title: 'The "first"', records: records.slice(0, 2) });
  await collected.add({ name: 'b', title: 'Empty', records: [] });
  await collected.add({ name: 'a', title: 'Named otherwise', records: records.slice(2) });
  const [first, second, ...others] = collected.lists;
  expect(others).toEqual([]);
  const texts = await Promise.all(
    [first, second].map(async (list) => {
      const chunks = list ? await Array.fromAsync(listText(list, scratch)) : [];
      return Buffer.concat(chunks).toString();
    }),
  );
  expect(texts).toEqual([
    JSON.stringify({ title: 'The "first"', records }, null, 2),
    JSON.stringify({ title: 'Empty', records: [] }, null, 2),
  ]);
  expect([first?.count, second?.count]).toEqual([4, 0]);
});
