import { describe, expect, it } from 'vitest';
import { ALLOWANCE } from '../wire/allowances.ts';
import { Unanswered } from './unanswered.ts';

const { arguments: most, unansweredOfCall, unansweredOfIsolate, questions } = ALLOWANCE;

describe('what waits for an answer', () => {
  it('is limited for one call', () => {
    const unanswered = new Unanswered({ size: 0 });
    for (let n = 0; n < unansweredOfCall / most; n += 1) expect(unanswered.add(1, n, most)).toBe(true);
    unanswered.answered(0);
    expect(unanswered.add(1, 100, most)).toBe(true);
    expect(unanswered.add(1, 101, 1)).toBe(false);
  });

  it('is limited for all calls of an isolate', () => {
    const unanswered = new Unanswered({ size: 0 });
    const calls = unansweredOfIsolate / most;
    for (let call = 0; call < calls; call += 1) expect(unanswered.add(call, call, most)).toBe(true);
    unanswered.end(0);
    expect(unanswered.add(calls, calls, most)).toBe(true);
    expect(unanswered.add(calls + 1, calls + 1, 1)).toBe(false);
  });

  it('is limited in number, and no question is asked twice', () => {
    const unanswered = new Unanswered({ size: 0 });
    for (let n = 0; n < questions; n += 1) expect(unanswered.add(1, n, 2)).toBe(true);
    expect(unanswered.add(1, questions, 2)).toBe(false);
    unanswered.answered(5);
    expect(unanswered.add(1, 6, 2)).toBe(false);
    expect(unanswered.add(1, 5, 2)).toBe(true);
  });

  it('is counted for the process, until it is answered, or its call or isolate ends', () => {
    const total = { size: 0 };
    const [one, other] = [new Unanswered(total), new Unanswered(total)];
    one.add(1, 1, 5);
    one.add(2, 2, 7);
    other.add(1, 1, 11);
    expect(total.size).toBe(23);
    other.answered(1);
    other.answered(1);
    one.end(2);
    expect(total.size).toBe(5);
    one.clear();
    one.end(1);
    expect(total.size).toBe(0);
  });
});
