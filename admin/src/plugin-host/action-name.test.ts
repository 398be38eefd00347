import { expect, test } from 'vitest';
import { actionPath, addressOf } from './action-name.ts';

const caller = { id: 'job-board', actions: ['jobs.list', 'jobs.get'] };

test.each([
  ['jobs.list', 'job-board', 'jobs.list'],
  ['job-board.jobs.list', 'job-board', 'jobs.list'],
  ['cv-analysis.match.run', 'cv-analysis', 'match.run'],
  ['unknown.thing', 'job-board', 'unknown.thing'],
  ['list', 'job-board', 'list'],
])('%s is %s’s %s', (name, plugin, action) => {
  expect(addressOf(name, caller, ['job-board', 'cv-analysis'])).toEqual({ plugin, action });
});

test('no other plugin can shadow one’s own actions', () => {
  expect(addressOf('jobs.list', caller, ['jobs'])).toEqual({ plugin: 'job-board', action: 'jobs.list' });
});

test('names cannot lead out of their place', () => {
  expect(actionPath({ plugin: 'a', action: '../../../api/me' })).toBe('/api/p/a/actions/..%2F..%2F..%2Fapi%2Fme');
});
