import { describe, expect, it } from 'vitest';
import { grantFault } from './grants.ts';

const PLUGINS = [
  {
    id: 'jobs',
    permissions: [
      { name: 'read', title: 'Read' },
      { name: 'write', title: 'Write' },
    ],
    roles: { recruiter: ['read', 'write'], viewer: ['read'] },
  },
];
const role = (name: string, permissions: string[] = [], builtIn = true) => ({ name, builtIn, permissions });
const LEAD = { permissions: ['core:users.manage', 'jobs:read'], isOwner: false };

describe('who may hand out which role', () => {
  it.each([
    ['nothing', [], null],
    ['a role within their own', [role('viewer')], null],
    ['a role of the tenant within their own', [role('reader', ['jobs:read'], false)], null],
    ['a role that does more by its plugin', [role('recruiter')], /jobs:write/],
    ['a role that does more by addition', [role('viewer', ['core:audit.read'])], /core:audit\.read/],
    ['all of it at once', [role('viewer'), role('recruiter')], /recruiter/],
    ['an administrator', [role('admin')], /admin/],
    ['an owner', [role('owner')], /owners/],
    ['a role that a plugin that is gone wanted more for', [role('reader', ['gone:all'], false)], null],
  ])('%s', (_what, roles, fault) => {
    const found = grantFault(LEAD, roles, PLUGINS);
    if (fault === null) expect(found).toBeNull();
    else expect(found).toMatch(fault);
  });

  it('an administrator, who may do everything, makes no owners; an owner does', () => {
    const everything = ['core:audit.read', 'jobs:read', 'jobs:write'];
    expect(grantFault({ permissions: everything, isOwner: false }, [role('owner')], PLUGINS)).toMatch(/owners/);
    expect(grantFault({ permissions: everything, isOwner: true }, [role('owner'), role('admin')], PLUGINS)).toBeNull();
  });
});
