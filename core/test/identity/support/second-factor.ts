import { expect } from 'vitest';
import { createTestTenant, PASSWORD } from '../../support/people.ts';
import { createTestDatabase } from '../../support/test-database.ts';
import { startTestNode } from '../../support/test-node.ts';
import type { SoftAuthenticator } from './authenticator.ts';
import { lettersTo } from './mailbox.ts';
import { oneTimeCode } from './one-time-code.ts';

export const STEP_MS = 30_000;

export interface Challenge {
  token: string;
  methods: string[];
  enrolment: boolean;
}

/** A node with the tenant "acme": an owner, and viewers of these names. */
export async function startSecondFactor(...viewers: string[]) {
  const test = await createTestDatabase();
  /** Moves on, so that the code of a step that was used is not the next one. */
  const clock = { ahead: 0 };
  const node = await startTestNode(test.database, { clock });
  const people = Object.fromEntries(viewers.map((name) => [`${name}@acme.test`, 'viewer']));
  const acme = await createTestTenant(test.database, 'acme', { 'owner@acme.test': 'owner', ...people });

  const code = (secret: string): string => oneTimeCode(secret, Date.now() + clock.ahead);
  const post = (path: string, body: object = {}, token?: string) =>
    node.call('POST', path, { body, ...(token === undefined ? {} : { token }) });

  return {
    test,
    node,
    acme,
    clock,
    code,
    post,
    async attempt(email: string): Promise<{ status: number; code: unknown; challenge: Challenge }> {
      const { status, body } = await post('/api/auth/sign-in', { email, password: PASSWORD });
      return { status, code: body.code, challenge: body.challenge as unknown as Challenge };
    },
    async enrol(token: string): Promise<{ secret: string; recoveryCodes: string[] }> {
      const { body: begun } = await post('/api/account/totp', {}, token);
      const secret = String(begun.secret);
      const confirmed = await post('/api/account/totp/confirm', { code: code(secret) }, token);
      expect(confirmed.status).toBe(200);
      clock.ahead += STEP_MS;
      return { secret, recoveryCodes: confirmed.body.recoveryCodes as string[] };
    },
    async register(token: string, authenticator: SoftAuthenticator, more: object = {}) {
      const { body } = await post('/api/account/passkeys/options', {}, token);
      const response = authenticator.register({ challenge: String(body.challenge), ...more });
      return post('/api/account/passkeys', { name: ' Laptop ', response }, token);
    },
    /** How often an action stands in the audit log. */
    async audited(action: string): Promise<number> {
      const { rows } = await test.database.platform.query<{ count: number }>(
        'select count(*)::int as count from core.audit_log where action = $1',
        [action],
      );
      return rows[0]?.count ?? 0;
    },
    /** Subjects of the security notices to somebody, the first one first. */
    async noticesTo(email: string): Promise<string[]> {
      const letters = await lettersTo(test, email);
      return letters
        .filter(({ template }) => template === 'security-notice')
        .map(({ subject }) => subject)
        .reverse();
    },
    async close(): Promise<void> {
      await node.close();
      await test.drop();
    },
  };
}

export type SecondFactorNode = Awaited<ReturnType<typeof startSecondFactor>>;
