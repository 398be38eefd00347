import type { JsonObject, PersonalRecords } from '@bazaar/sdk';
import type { Scratch, Stretch } from '../../files/index.ts';
import type { KeptRecords } from '../types.ts';

/** Where records are kept until the archive is made. */
export type RecordKeeper = Pick<Scratch, 'append'>;

/** For who wants to know how many there are, and which files. */
export const COUNT_ONLY: RecordKeeper = { append: async () => ({ start: 0, length: 0 }) };

/** How the records of a list are set: as `JSON.stringify` would the list as a whole. */
const INDENT = '\n    ';

/** JSON has line breaks between its parts only, never within a text. */
const textOf = (record: JsonObject) => JSON.stringify(record, null, 2).replaceAll('\n', INDENT);

/** Lists of one part of the platform, put together from the parts in which they come. */
export class Collected {
  readonly #keeper: RecordKeeper;
  readonly #lists = new Map<string, KeptRecords & { stretches: Stretch[] }>();
  #size = 0;

  constructor(keeper: RecordKeeper) {
    this.#keeper = keeper;
  }

  /** Characters of JSON so far. */
  get size(): number {
    return this.#size;
  }

  get lists(): readonly KeptRecords[] {
    return [...this.#lists.values()];
  }

  async add({ name, title, records }: PersonalRecords): Promise<void> {
    const list = this.#lists.get(name) ?? { name, title, count: 0, stretches: [] };
    this.#lists.set(name, list);
    if (records.length === 0) return;
    const text = records.map(textOf).join(`,${INDENT}`);
    this.#size += text.length;
    list.stretches.push(await this.#keeper.append(text));
    list.count += records.length;
  }
}

/** The list as a JSON text. */
export async function* listText(
  { title, stretches }: KeptRecords,
  scratch: Pick<Scratch, 'read'>,
): AsyncGenerator<Buffer> {
  yield Buffer.from(`{\n  "title": ${JSON.stringify(title)},\n  "records": [`);
  for (const [index, stretch] of stretches.entries()) {
    yield Buffer.from(index === 0 ? INDENT : `,${INDENT}`);
    yield* scratch.read(stretch);
  }
  yield Buffer.from(stretches.length === 0 ? ']\n}' : '\n  ]\n}');
}
