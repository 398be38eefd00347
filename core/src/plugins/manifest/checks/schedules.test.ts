import type { JsonObject, JsonValue } from '@bazaar/sdk';
import { describe, expect, it } from 'vitest';
import { reviewManifest } from '../review-manifest.ts';

const INPUT = {
  type: 'object',
  additionalProperties: false,
  required: ['days'],
  properties: { days: { type: 'integer', minimum: 1 }, mode: { type: 'string', default: 'all' } },
};

function issues(...schedules: JsonObject[]): string[] {
  const manifest = {
    id: 'job-board',
    name: 'Job board',
    version: '1.0.0',
    sdk: '^1.0.0',
    description: 'Jobs.',
    publisher: 'Bazaar',
    category: 'recruiting',
    capabilities: [{ capability: 'files', reason: 'Keeps what is uploaded' }],
    actions: [
      { name: 'close', summary: 'Closes', effect: 'write', input: INPUT, output: {} },
      { name: 'count', summary: 'Counts', effect: 'read', input: { type: 'object' }, output: {} },
      {
        name: 'attach',
        summary: 'Takes a file',
        effect: 'write',
        input: { type: 'object', properties: { file: { format: 'bazaar-file', 'x-max-bytes': 9 } } },
        output: {},
      },
    ],
    schedules,
  };
  return reviewManifest(JSON.stringify(manifest)).issues.map(({ pointer, message }) => `${pointer} ${message}`);
}

const GOOD = { name: 'close-expired', cron: '15 2 * * *', action: 'close', input: { days: 3 } };

describe('schedules in a manifest', () => {
  it('may run own actions', () => {
    expect(issues(GOOD, { ...GOOD, name: 'again', cron: '0 */6 * * MON-FRI' })).toEqual([]);
  });

  it.each<[string, JsonObject | JsonObject[], string]>([
    ['a name that is not kebab-case', { ...GOOD, name: 'closeExpired' }, '/schedules/0/name'],
    ['a name used twice', [GOOD, GOOD], '/schedules/1/name schedule "close-expired" is already at'],
    ['a cron expression of six fields', { ...GOOD, cron: '0 15 2 * * *' }, '/schedules/0/cron "0 15 2 * * *" is not a'],
    ['a day that never comes', { ...GOOD, cron: '0 0 30 2 *' }, 'it would never be due'],
    ['an unknown action', { ...GOOD, action: 'shut' }, '"shut" is not an action of this plugin; its write actions are'],
    ["another plugin's action", { ...GOOD, action: 'crm.clients.tidy' }, 'is not an action of this plugin'],
    ['an action that only reads', { name: 'x', cron: '* * * * *', action: 'count' }, '"count" only reads'],
    ['an action with an upload', { name: 'x', cron: '* * * * *', action: 'attach' }, '"attach" takes an upload'],
    [
      'a missing input',
      { name: 'x', cron: '* * * * *', action: 'close' },
      '/schedules/0/input/days is not an input of',
    ],
    ['a wrong input', { ...GOOD, input: { days: 0 } }, '/schedules/0/input/days is not an input of "close"'],
    ['an unknown input', { ...GOOD, input: { days: 1, week: 1 } }, '/schedules/0/input/week'],
    ['an unknown property', { ...GOOD, timezone: 'Europe/Berlin' }, '"timezone" is unknown here'],
  ])('refuses %s', (_what, schedules, message) => {
    expect(issues(...[schedules].flat()).join('\n')).toContain(message);
  });

  it('refuses more than twenty', () => {
    const many: JsonValue[] = Array.from({ length: 21 }, (_none, index) => ({ ...GOOD, name: `s-${index}` }));
    expect(issues(...(many as JsonObject[])).join()).toContain('/schedules must NOT have more than 20 items');
  });
});
