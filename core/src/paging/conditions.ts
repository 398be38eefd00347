/** Conditions and values of a query that is put together from the filters that were given. */
export interface Conditions {
  /** Each `?` in `text` stands for the next value; nothing is added when the first value is absent. */
  add(text: string, ...values: unknown[]): Conditions;
  /** The next parameter, e.g. `$3`, for text that follows. */
  parameter(value: unknown): string;
  /** `where …`, or nothing. */
  where(): string;
  readonly values: readonly unknown[];
}

export function conditions(): Conditions {
  const texts: string[] = [];
  const values: unknown[] = [];
  const built: Conditions = {
    values,
    parameter(value) {
      values.push(value);
      return `$${values.length}`;
    },
    add(text, ...given) {
      if (given[0] === undefined || given[0] === null) return built;
      let next = 0;
      texts.push(`(${text.replaceAll('?', () => built.parameter(given[next++]))})`);
      return built;
    },
    where: () => (texts.length === 0 ? '' : `where ${texts.join(' and ')}`),
  };
  return built;
}

/** SQL of a timestamp as whole microseconds since the epoch. */
export function microsOf(column: string): string {
  return `(extract(epoch from ${column}) * 1000000)::bigint`;
}

/** SQL of the timestamp that lies so many microseconds after the epoch. */
export function timeOf(parameter: string): string {
  return `(timestamptz 'epoch' + ${parameter}::bigint * interval '1 microsecond')`;
}

/** What `like` finds a text with that somebody searches for, taken literally; `undefined` for a search of nothing. */
export function likeContaining(text: string | undefined): string | undefined {
  const sought = text?.trim() ?? '';
  return sought === '' ? undefined : `%${sought.replaceAll(/[\\%_]/g, '\\$&')}%`;
}
