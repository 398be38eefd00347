import { expect, test } from 'vitest';
import { readMessage } from './read-message.ts';

const cycle: Record<string, unknown> = {};
cycle.self = cycle;

test.each([
  [{ type: 'ready', more: 1 }, { type: 'ready' }],
  [
    { type: 'height', height: -5 },
    { type: 'height', height: 0 },
  ],
  [
    { type: 'height', height: 1e12 },
    { type: 'height', height: 100_000 },
  ],
  [
    { type: 'call', id: 1, action: 'a.b', input: { x: new Date(0), gone: undefined } },
    { type: 'call', id: 1, action: 'a.b', input: { x: '1970-01-01T00:00:00.000Z' }, progress: false },
  ],
  [
    { type: 'navigate', path: '/a', replace: 'yes' },
    { type: 'navigate', path: '/a', replace: false },
  ],
  [
    { type: 'notify', message: 'x'.repeat(9999), kind: 'shout' },
    { type: 'notify', message: `${'x'.repeat(500)}…`, kind: 'info' },
  ],
  [
    { type: 'confirm', id: 2, question: { title: 'T', message: 'M', confirm: 'Yes' } },
    { type: 'confirm', id: 2, question: { title: 'T', message: 'M', confirm: 'Yes', danger: false } },
  ],
  [
    { type: 'slot', key: 1, name: 'a.b', params: { id: '1' }, place: { top: 1, left: -2, width: 3 } },
    { type: 'slot', key: 1, name: 'a.b', params: { id: '1' }, place: { top: 1, left: 0, width: 3 } },
  ],
])('%j is taken as what it says', (data, message) => {
  expect(readMessage(data)).toEqual(message);
});

test('files travel as files', () => {
  const cv = new File(['x'], 'cv.pdf');
  expect(readMessage({ type: 'call', id: 1, action: 'a', input: {}, files: { cv } })).toMatchObject({ files: { cv } });
});

test.each([
  undefined,
  null,
  'ready',
  [],
  {},
  { type: 1 },
  { type: '__proto__' },
  { type: 'constructor' },
  { type: 'toString' },
  { type: 'eval', code: '1' },
  { type: 'height', height: Number.NaN },
  { type: 'height', height: '5' },
  { type: 'call', id: -1, action: 'a', input: {} },
  { type: 'call', id: 1.5, action: 'a', input: {} },
  { type: 'call', id: 1, action: 'a' },
  { type: 'call', id: 1, action: 'a', input: [] },
  { type: 'call', id: 1, action: 'a', input: cycle },
  { type: 'call', id: 1, action: 'a', input: { x: 1n } },
  { type: 'call', id: 1, action: 'a'.repeat(201), input: {} },
  { type: 'call', id: 1, action: 'a', input: { x: 'x'.repeat(2_000_001) } },
  { type: 'call', id: 1, action: 'a', input: {}, files: { cv: 'no file' } },
  { type: 'call', id: 1, action: 'a', input: {}, files: { cv: new Blob(['x']) } },
  { type: 'navigate', path: 5 },
  { type: 'navigate', path: `/${'x'.repeat(5000)}` },
  { type: 'title', title: {} },
  { type: 'confirm', id: 1, question: 'sure?' },
  { type: 'on', event: ['a'] },
  { type: 'slot', key: 1, name: 'a', params: { id: 1 }, place: { top: 0, left: 0, width: 0 } },
  { type: 'slot', key: 1, name: 'a', params: {}, place: { top: 0, left: 0, width: '100%' } },
])('message %# is none', (data) => {
  expect(readMessage(data)).toBeNull();
});
