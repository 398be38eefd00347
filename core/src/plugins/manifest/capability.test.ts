import { describe, expect, it } from 'vitest';
import { parseCapability } from './capability.ts';

describe('capabilities', () => {
  it.each([
    ['files', { kind: 'files' }],
    ['users', { kind: 'users' }],
    ['http:api.example.com', { kind: 'http', host: 'api.example.com' }],
    ['http:localhost:8080', { kind: 'http', host: 'localhost', port: 8080 }],
    ['http:10.0.0.1:80', { kind: 'http', host: '10.0.0.1', port: 80 }],
    ['action:job-board.jobs.get', { kind: 'action', plugin: 'job-board', name: 'jobs.get' }],
    ['event:job-board.application.submitted', { kind: 'event', plugin: 'job-board', name: 'application.submitted' }],
  ])('%s', (text, parsed) => {
    expect(parseCapability(text)).toEqual(parsed);
  });

  it.each([
    '',
    'file',
    'Files',
    'http:',
    'http:*',
    'http:*.example.com',
    'http:https://example.com',
    'http:example.com/path',
    'http:example.com:0',
    'http:example.com:65536',
    'http:user@example.com',
    'http:-a.com',
    `http:${'a.'.repeat(130)}com`,
    'action:job-board',
    'action:Job.x',
    'event:job-board.',
    'event:job-board.a..b',
    'files\n',
  ])('refuses %j', (text) => {
    expect(parseCapability(text)).toBeUndefined();
  });
});
