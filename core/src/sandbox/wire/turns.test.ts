import { describe, expect, it } from 'vitest';
import { FRAME, type Frame } from './frames.ts';
import { Turns } from './turns.ts';

const frame = (isolate: number, call: number, type: number = FRAME.hostCall, text = ''): Frame => ({
  type,
  isolate,
  call,
  extra: 0,
  texts: [text],
});
const turn = () => new Promise((resolve) => setImmediate(resolve));

function make() {
  const handed: string[] = [];
  const full: boolean[] = [];
  const turns = new Turns(
    ({ isolate, call }) => handed.push(`${isolate}.${call}`),
    (isFull) => full.push(isFull),
  );
  return { handed, full, turns };
}

describe('frames', () => {
  it('of one isolate wait for the next turn when there are many; those of others do not', async () => {
    const { handed, turns } = make();
    for (let call = 0; call < 100; call += 1) turns.take(frame(1, call));
    turns.take(frame(2, 0));
    expect(handed).toHaveLength(33);
    expect(handed.at(-1)).toBe('2.0');
    while (handed.length < 101) await turn();
    expect(handed.filter((one) => one.startsWith('1.'))).toEqual(Array.from({ length: 100 }, (_one, n) => `1.${n}`));
  });

  it('stay in order, also with what comes later', async () => {
    const { handed, turns } = make();
    for (let call = 0; call < 40; call += 1) turns.take(frame(1, call));
    await turn();
    turns.take(frame(1, 40, FRAME.returned));
    while (handed.length < 41) await turn();
    expect(handed).toEqual(Array.from({ length: 41 }, (_one, n) => `1.${n}`));
  });

  it('of the process itself do not wait', () => {
    const { handed, turns } = make();
    for (let call = 0; call < 40; call += 1) turns.take(frame(1, call));
    turns.take(frame(1, 99, FRAME.lost));
    expect(handed.at(-1)).toBe('1.99');
  });

  it('that are large count for many, and are not read without end', async () => {
    const { handed, full, turns } = make();
    const large = 'x'.repeat(4 * 1024 * 1024);
    for (let call = 0; call < 6; call += 1) turns.take(frame(1, call, FRAME.hostCall, large));
    expect(handed).toEqual(['1.0']);
    expect(full).toEqual([true]);
    while (handed.length < 6) await turn();
    expect(full).toEqual([true, false]);
  });
});
