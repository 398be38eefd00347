import { appendFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { JsonObject } from '@bazaar/sdk';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Arena, type ArenaOptions } from './arena.ts';
import type { Answer, Attack, Outcome } from './attack.ts';
import { foreignLoad } from './machine.ts';
import type { Lap } from './prober.ts';

/** So long an attack calls as fast as it is answered … */
const RUSH_MS = 250;
/** … and goes on, every now and then, until so much has been seen of /healthz that its p99 is more than one answer. */
const LEAST_MS = 3_000;
const MOST_PERIODS = 4;
const PAUSE_MS = 50;
const BASELINE_MS = 200;
const WARM_UP_MS = 2_000;
/** So many of the last looks at the quiet platform count. */
const BASELINES = 6;
/** /healthz may take so long while a plugin does its worst … */
const HEALTH_P99_MS = 50;
/** … and on a machine that is busy with something else, so many times what nothing at all takes there … */
const HEALTH_FACTOR = 5;
/** … which is said of one where others take so much of a processor. */
const FOREIGN_LOAD = 0.2;
/** Megabytes by which the platform may be larger after an attack than before it. */
const SLACK_MEGABYTES = 160;
const TENANTS = ['first', 'second', 'third'];
const PATIENCE = { timeout: 20_000, interval: 200 };
/** Isolates of plugins that nobody uses any more go after five minutes. */
const UNTIL_ALL_IDLE = { timeout: 390_000, interval: 5_000 };

function expectOutcome(answers: readonly Answer[], ends: Exclude<Outcome, { kind: 'not-loaded' }>): void {
  for (const { status, body, text } of answers) {
    if (ends.kind === 'stopped') {
      expect(ends.answers ?? [503], text.slice(0, 500)).toContain(status);
    } else if (ends.kind === 'harmless') {
      expect(status, text.slice(0, 500)).toBe(200);
      expect(body).toMatchObject(ends.output ?? {});
    } else if (!ends.also?.includes(status)) {
      const { status: wanted, code, reason, detail } = ends;
      expect(body, text.slice(0, 500)).toMatchObject({
        status: wanted,
        code,
        ...(reason === undefined ? {} : { reason }),
      });
      if (detail) expect(body.detail).toMatch(detail);
    }
  }
}

/** What holds during every attack, whatever becomes of it. */
function expectUndisturbed(quiet: readonly Lap[], during: Lap, foreign: number): void {
  for (const [name, { failures, count }] of Object.entries(during)) {
    expect(failures, `failed requests of ${name} (of ${count})`).toEqual([]);
    expect(count, `requests of ${name}`).toBeGreaterThan(0);
  }
  const idle = [...quiet.flatMap(({ healthz, control }) => [healthz, control]), during.control];
  const machine = foreign < FOREIGN_LOAD ? 0 : Math.max(...idle.map((figures) => figures?.p99 ?? 0));
  const limit = Math.max(HEALTH_P99_MS, HEALTH_FACTOR * machine);
  expect(during.healthz?.p99, 'p99 of /healthz in ms').toBeLessThan(limit);
}

async function expectQuarantine(arena: Arena, name: string, why: RegExp): Promise<void> {
  await vi.waitFor(async () => {
    const { ready, listed } = await arena.stateOf(name);
    for (const state of [ready, listed]) {
      expect(state).toMatchObject({ state: 'quarantined', reason: expect.stringMatching(/stopped by force 3 times/) });
      expect(state?.reason).toMatch(why);
    }
    const { items } = await arena
      .client('owner')
      .json<{ items: JsonObject[] }>('GET', '/api/tasks', { query: { limit: 100 } });
    const task = items.find(({ kind, title }) => kind === 'PLUGIN_QUARANTINED' && String(title).includes(name));
    expect(task?.description).toMatch(/stopped by force 3 times/);
    expect(task?.description).toMatch(why);
  }, PATIENCE);
  expect((await arena.call(name)).body).toMatchObject({
    status: 503,
    code: 'unavailable',
    reason: 'plugin-quarantined',
  });
}

async function strike(arena: Arena, attack: Attack, tenant = 'first'): Promise<Answer[]> {
  const { name, input = {}, role = 'owner', atOnce = 1 } = attack;
  return Promise.all(Array.from({ length: atOnce }, () => arena.call(name, { input, role, tenant })));
}

/** From three tenants at once: what is done to the isolate of one must not end the others. */
async function stopThreeTimes(arena: Arena, attack: Attack): Promise<Answer[]> {
  const answers = (await Promise.all(TENANTS.map((tenant) => strike(arena, attack, tenant)))).flat();
  // Two of them may have been ended as one: by the end of the process that they shared.
  for (let round = 0; round < 3; round += 1) {
    if ((await arena.stateOf(attack.name)).ready?.state === 'quarantined') break;
    answers.push(...(await strike(arena, attack)));
  }
  return answers;
}

async function repeat(arena: Arena, attack: Attack, rushMs: number): Promise<Answer[]> {
  const answers: Answer[] = [];
  const begun = performance.now();
  for (let spent = 0; spent < LEAST_MS; spent = performance.now() - begun) {
    if (spent >= rushMs) await setTimeout(PAUSE_MS);
    answers.push(...(await strike(arena, attack)));
  }
  return answers;
}

/**
 * The whole of an attack. Where too many of the few answers were late, it goes on for as long again, all of it counted:
 * what an attack does it does all the time, and a hold-up of the machine once.
 */
async function carryOut(arena: Arena, attack: Attack): Promise<Answer[]> {
  const isStopped = attack.ends.kind === 'stopped';
  const answers = isStopped ? await stopThreeTimes(arena, attack) : [];
  for (let period = 1; period <= MOST_PERIODS; period += 1) {
    answers.push(...(await repeat(arena, attack, period > 1 || isStopped ? 0 : RUSH_MS)));
    if (((await arena.look()).healthz?.p99 ?? 0) < HEALTH_P99_MS) break;
  }
  return answers;
}

/** What is garbage is none of the platform's size, however late its collection would come. */
function expectSize(arena: Arena, before: number, slack: number, patience = PATIENCE): Promise<void> {
  return vi.waitFor(async () => {
    if (arena.residentMegabytes() < before + slack) return;
    await arena.collectGarbage();
    expect(arena.residentMegabytes(), `MB, ${before} before:\n${arena.weights()}`).toBeLessThan(before + slack);
  }, patience);
}

/** One line for each attack, in the file that `ATTACKS_REPORT` names. */
function report(attack: Attack, answers: readonly Answer[], [before, during]: [Lap, Lap], facts: JsonObject): void {
  const file = process.env['ATTACKS_REPORT'];
  if (file === undefined) return;
  const outcomes = new Set(answers.map(({ status, body }) => `${status} ${body.reason ?? body.code ?? ''}`.trim()));
  const failed = Object.entries(during).flatMap(([name, { failures }]) =>
    failures.length === 0 ? [] : [`${name}: ${failures.length} (${failures[0]})`],
  );
  const p99 = (lap: Lap, name: string) => Math.round((lap[name]?.p99 ?? 0) * 10) / 10;
  const line = {
    attack: attack.name,
    calls: answers.length,
    outcomes: [...outcomes],
    seconds: Math.round(answers.reduce((sum, { ms }) => sum + ms, 0) / 100) / 10,
    health: { before: p99(before, 'healthz'), during: p99(during, 'healthz'), control: p99(during, 'control') },
    ...facts,
    ...(failed.length === 0 ? {} : { failed }),
  };
  appendFileSync(file, `${JSON.stringify(line)}\n`);
}

/** Carries out one attack and expects what has to hold. `more` looks at what it may have left behind. */
export async function survive(arena: Arena, attack: Attack, more?: () => Promise<void>): Promise<void> {
  const { ends, name } = attack;
  const before = await arena.quiet(BASELINE_MS);
  arena.quietLaps.push(before);
  const megabytes = arena.residentMegabytes();
  const foreign = foreignLoad();
  const answers = await carryOut(arena, attack);
  const during = await arena.lap();
  const load = foreign();
  report(attack, answers, [before, during], { load, megabytes, after: arena.residentMegabytes() });
  if (ends.kind === 'stopped') await expectQuarantine(arena, name, ends.reason ?? /./);
  if (ends.kind === 'not-loaded') {
    for (const { status, text } of answers) expect([404, 503], text).toContain(status);
    const { ready } = await arena.stateOf(name);
    expect(ready).toMatchObject({ state: 'failed', reason: expect.stringMatching(ends.reason) });
  } else expectOutcome(answers, ends);
  expectUndisturbed(arena.quietLaps.slice(-BASELINES), during, load);
  await more?.();
  await expectSize(arena, megabytes, SLACK_MEGABYTES);
}

export interface SiegeOptions extends Omit<ArenaOptions, 'attacks'> {
  /** Once the kernel runs. */
  prepare?(arena: Arena): Promise<void>;
  /** Further tests; the arena is there when they run. */
  more?(arena: () => Arena): void;
}

/** One kernel, and all attacks of a group on it, one after the other. */
export function besiege(group: string, attacks: readonly Attack[], { prepare, more, ...options }: SiegeOptions = {}) {
  describe(group, { timeout: 90_000 }, () => {
    let arena: Arena;
    let megabytes = 0;
    beforeAll(async () => {
      arena = await Arena.open({ attacks, ...options });
      await prepare?.(arena);
      // A kernel that has just started still compiles its own code, which is no attack's doing.
      await arena.collectGarbage();
      await arena.quiet(WARM_UP_MS);
      megabytes = arena.residentMegabytes();
    }, 120_000);
    // What nothing can interrupt keeps its database from being dropped.
    afterAll(() => arena?.close(), 120_000);

    it.each(attacks)('$name: $tries', (attack) => survive(arena, attack));
    more?.(() => arena);
    it(
      'leaves the platform as large as it was',
      () => expectSize(arena, megabytes, 2 * SLACK_MEGABYTES, UNTIL_ALL_IDLE),
      400_000,
    );
  });
}
