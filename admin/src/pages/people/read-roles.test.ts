import { describe, expect, test } from 'vitest';
import { byMight, mayGive } from './read-roles.ts';
import type { RoleView } from './types.ts';

const role = (name: string, change: Partial<RoleView> = {}): RoleView => ({
  name,
  title: name,
  builtIn: true,
  fixed: false,
  permissions: [],
  additions: [],
  members: 0,
  ...change,
});

test('roles: the mighty first, a tenant’s own last', () => {
  const roles = [
    role('zebra', { builtIn: false }),
    role('viewer'),
    role('admin', { fixed: true }),
    role('owner', { fixed: true }),
  ];
  expect(roles.toSorted(byMight).map(({ name }) => name)).toEqual(['owner', 'admin', 'viewer', 'zebra']);
});

describe('a role may be given', () => {
  const some = { permissions: ['a', 'b'], isOwner: false };
  test.each([
    [role('less', { permissions: ['a'] }), some, true],
    [role('more', { permissions: ['a', 'c'] }), some, false],
    [role('owner', { fixed: true, permissions: ['a'] }), some, false],
    [role('owner', { fixed: true, permissions: ['a', 'c'] }), { permissions: [], isOwner: true }, true],
  ])('%j', (given, by, may) => {
    expect(mayGive(given, by)).toBe(may);
  });
});
