import { describe, expect, it } from 'vitest';
import { effectivePermissions, type HeldRole, KERNEL_PERMISSIONS } from './permissions.ts';

const KERNEL = KERNEL_PERMISSIONS.map((permission) => permission.name);
const JOBS = {
  id: 'job-board',
  permissions: [
    { name: 'jobs.read', title: 'Read' },
    { name: 'jobs.write', title: 'Write' },
  ],
  roles: { recruiter: ['jobs.read', 'jobs.write'], viewer: ['jobs.read', 'jobs.delete'] },
};
const CVS = { id: 'cv-analysis', permissions: [{ name: 'read', title: 'Read' }], roles: { recruiter: ['read'] } };

function role(name: string, permissions: string[] = [], builtIn = true): HeldRole {
  return { name, builtIn, permissions };
}

describe('effective permissions', () => {
  it.each<[string, HeldRole[], string[]]>([
    ['nobody', [], []],
    ['an owner', [role('owner')], [...KERNEL, 'cv-analysis:read', 'job-board:jobs.read', 'job-board:jobs.write']],
    ['an admin', [role('admin')], [...KERNEL, 'cv-analysis:read', 'job-board:jobs.read', 'job-board:jobs.write']],
    ['a recruiter', [role('recruiter')], ['cv-analysis:read', 'job-board:jobs.read', 'job-board:jobs.write']],
    ['a viewer, not what no plugin defines', [role('viewer')], ['job-board:jobs.read']],
    ['sales', [role('sales')], []],
    ['a role with permissions of its own', [role('sales', ['core:audit.read'])], ['core:audit.read']],
    [
      'two roles together',
      [role('viewer'), role('sales', ['job-board:jobs.read', 'cv-analysis:read'])],
      ['cv-analysis:read', 'job-board:jobs.read'],
    ],
    ['a role that remembers a removed plugin', [role('sales', ['crm:read', 'core:everything'])], []],
    ["a tenant's own role called owner", [role('owner', ['core:audit.read'], false)], ['core:audit.read']],
    ["a tenant's own role called recruiter", [role('recruiter', [], false)], []],
    ['a role named like a property of every object', [role('constructor'), role('__proto__')], []],
  ])('of %s', (_who, roles, permissions) => {
    expect(effectivePermissions(roles, [JOBS, CVS])).toEqual(permissions.sort());
  });

  it('need no plugin', () => {
    expect(effectivePermissions([role('owner')], [])).toEqual(KERNEL);
    expect(effectivePermissions([role('recruiter')], [{ id: 'bare' }])).toEqual([]);
  });
});
