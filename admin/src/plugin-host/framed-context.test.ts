import { expect, test } from 'vitest';
import { mayCall, mayHear } from './framed-context.ts';

const plugin = (id: string, actions: string[], calls: string[] = []) => ({
  id,
  name: id,
  publisher: 'x',
  version: '1.0.0',
  actions,
  calls,
});
const shell = {
  plugins: [plugin('toy', ['list', 'jobs.list'], ['job-board.jobs.get']), plugin('job-board', ['jobs.list'])],
  screens: [],
};

test.each([
  ['list', true],
  ['jobs.list', true],
  ['toy.list', true],
  ['unknown', true],
  ['job-board.jobs.get', true],
  ['job-board.jobs.list', false],
  ['job-board.jobs.get.more', false],
])('a framed plugin and the action %s: %s', (action, may) => {
  expect(mayCall('toy', action, shell)).toBe(may);
});

test.each([
  ['toy.thing.made', {}, true],
  ['toyish.thing.made', {}, false],
  ['job-board.job.published', {}, false],
  ['reconnected', {}, true],
  ['task.changed', {}, false],
  ['progress', { plugin: 'toy' }, true],
  ['progress', { plugin: 'job-board' }, false],
  ['licence.changed', { plugin: 'toy' }, true],
  ['licence.changed', { plugin: 'job-board' }, false],
])('a framed plugin and the event %s of %j: %s', (event, payload, may) => {
  expect(mayHear('toy', event, payload)).toBe(may);
});
