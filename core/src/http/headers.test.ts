import { describe, expect, test } from 'vitest';
import { framePolicy, pagePolicy, siteOf } from './headers.ts';

const directives = (policy: string) =>
  new Map(policy.split('; ').map((each) => [each.split(' ')[0] ?? '', each.split(' ').slice(1).join(' ')]));

test.each([
  ['localhost:3000', 'http://localhost:3000'],
  ['bazaar.example', 'http://bazaar.example'],
  ['127.0.0.1', 'http://127.0.0.1'],
  ['[::1]:3000', 'http://[::1]:3000'],
  ['', null],
  ['a b', null],
  ["x; script-src 'unsafe-inline'", null],
  ['x,y', null],
  ['*', null],
  ['evil.test/path', null],
])('the host %j stands in a policy as %s', (host, site) => {
  expect(siteOf({ protocol: 'http', host })).toBe(site);
});

describe('the policy', () => {
  test('of a page lets only frames of plugins be shown', () => {
    expect(directives(pagePolicy('http://b.test', [])).get('frame-src')).toBe('http://b.test/ui/frame/');
    expect(directives(pagePolicy(null, [])).get('frame-src')).toBe("'none'");
  });

  test('of a frame lets it load its own modules and the platform’s, and reach nothing', () => {
    const policy = directives(framePolicy('http://b.test', ['sha256-x'], '/ui/plugins/toy/1.0.0/'));
    expect(policy.get('default-src')).toBe("'none'");
    expect(policy.get('script-src')).toBe("'sha256-x' http://b.test/assets/ http://b.test/ui/plugins/toy/1.0.0/");
    expect(policy.get('connect-src')).toBe("'none'");
    expect(policy.get('form-action')).toBe("'none'");
    expect(policy.get('sandbox')).toBe('allow-scripts allow-forms');
    expect(policy.get('frame-ancestors')).toBe("'self'");
    expect([...policy.values()].join(' ')).not.toMatch(/\*|unsafe-eval|allow-same-origin/);
  });

  test('of a frame of an unknown site loads nothing', () => {
    const policy = directives(framePolicy(null, ['sha256-x'], '/ui/plugins/toy/1.0.0/'));
    expect(policy.get('script-src')).toBe("'sha256-x'");
  });
});
