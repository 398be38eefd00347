import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { GuestTimers } from './timers.ts';

let alarms: [id: number, milliseconds: number][];
let said: unknown[];
let timers: GuestTimers;

/** As the host: every alarm goes off once, after its time. */
const start = (id: number, milliseconds: number) => {
  alarms.push([id, milliseconds]);
  setTimeout(() => timers.fire(id), milliseconds);
};
const say = (...words: unknown[]) => said.push(...words);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'Date'] });
  alarms = [];
  said = [];
  timers = new GuestTimers(start, () => Date.now());
});
afterEach(() => vi.useRealTimers());

it('runs callbacks in the order of their times, and of their making', () => {
  timers.set(say, 30, ['third']);
  timers.set(say, 10, ['first', 1]);
  timers.set(say, 10, ['second']);
  timers.set(say, 'nonsense', ['at once']);
  vi.advanceTimersByTime(29);
  expect(said).toEqual(['at once', 'first', 1, 'second']);
  vi.advanceTimersByTime(1);
  expect(said.at(-1)).toBe('third');
});

it('forgets what is cleared, however often: a time limit around each of many calls', () => {
  for (let call = 0; call < 5_000; call += 1) timers.clear(timers.set(say, 2_000, [call]));
  timers.set(say, 2_000, ['kept']);
  vi.advanceTimersByTime(2_000);
  expect(said).toEqual(['kept']);
  expect(alarms.length).toBeLessThan(3);
});

it('asks for an earlier alarm when a timer comes before the next one', () => {
  timers.set(say, 1_000, ['late']);
  timers.set(say, 10, ['early']);
  vi.advanceTimersByTime(10);
  expect(said).toEqual(['early']);
  vi.advanceTimersByTime(990);
  expect(said).toEqual(['early', 'late']);
});

it('runs the others when one throws', () => {
  const fail = () => {
    throw new Error('of the guest');
  };
  timers.set(fail, 5, []);
  timers.set(say, 5, ['other']);
  expect(() => vi.advanceTimersByTime(5)).toThrow('of the guest');
  vi.advanceTimersByTime(5);
  expect(said).toEqual(['other']);
});

it('runs timers that a timer sets', () => {
  timers.set(() => timers.set(say, 10, ['inner']), 10, []);
  vi.advanceTimersByTime(20);
  expect(said).toEqual(['inner']);
});

it('does not wait for a clock that was set back', () => {
  timers.set(say, 50, ['on time']);
  vi.setSystemTime(Date.now() - 3_600_000);
  vi.advanceTimersByTime(50);
  expect(said).toEqual(['on time']);
});

it('drops what waits, and begins anew', () => {
  timers.set(say, 10, ['dropped']);
  timers.drop();
  timers.set(say, 20, ['new']);
  vi.advanceTimersByTime(30);
  expect(said).toEqual(['new']);
});

it('bounds the timers that wait, and the alarms of one who moves them forward for ever', () => {
  for (let round = 0; round < 10_000; round += 1) timers.clear(timers.set(say, 1_000_000 - round, []));
  expect(alarms.length).toBe(1_000);
  for (let count = 0; count < 1_000; count += 1) timers.set(say, 5, []);
  expect(() => timers.set(say, 5, [])).toThrow('there are 1000 timers already');
});

it('takes only functions', () => {
  expect(() => timers.set('alert(1)', 5, [])).toThrow(TypeError);
});
