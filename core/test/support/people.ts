import { SYSTEM_TRACE } from '../../src/audit/index.ts';
import type { Database } from '../../src/data/index.ts';
import { hashPassword } from '../../src/identity/index.ts';
import { addMember, createTenant, type NewMember } from '../../src/tenancy/index.ts';
import type { TestNode } from './test-node.ts';

export const PASSWORD = 'a password of the tests';
let hash: Promise<string> | undefined;

/** A tenant, and its people by e-mail address and role. Everybody's password is `PASSWORD`. */
export async function createTestTenant(
  database: Database,
  slug: string,
  people: Record<string, string>,
  more: Partial<NewMember> = {},
): Promise<{ tenantId: string; users: Record<string, string> }> {
  hash ??= hashPassword(PASSWORD);
  const passwordHash = await hash;
  return database.asPlatform(async (models) => {
    const tenant = await createTenant(models, { slug, name: slug }, SYSTEM_TRACE);
    const users: Record<string, string> = {};
    for (const [email, role] of Object.entries(people)) {
      const member = { email, name: email.split('@')[0] ?? email, passwordHash, roles: [role], ...more };
      users[email] = (await addMember(models, tenant.id, member, SYSTEM_TRACE)).id;
    }
    return { tenantId: tenant.id, users };
  });
}

export interface SignedInReply {
  accessToken: string;
  refreshToken: string;
  tenant: { id: string; slug: string };
  user: { id: string; permissions: string[] };
  memberships: { tenant: { slug: string } }[];
}

export async function signIn(node: TestNode, email: string, tenant?: string): Promise<SignedInReply> {
  const body = { email, password: PASSWORD, ...(tenant === undefined ? {} : { tenant }) };
  const reply = await node.call('POST', '/api/auth/sign-in', { body });
  if (reply.status !== 200) throw new Error(`sign-in: ${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body as unknown as SignedInReply;
}

/** Waits until `condition` holds, for what reaches another node by message. */
export async function eventually(condition: () => Promise<boolean>, withinMs = 20_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`did not happen within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
