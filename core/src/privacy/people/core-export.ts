import type { JsonObject } from '@bazaar/sdk';
import type { Sql } from '../../data/index.ts';
import { fileOf } from '../../pictures/index.ts';
import type { PartExport, Person, Workspace } from '../types.ts';
import { Collected, type RecordKeeper } from './collected.ts';

/** Longest list of one kind, newest first: the audit log of a long life is larger than anybody reads. */
const MOST = 50_000;

interface Question {
  name: string;
  title: string;
  sql: string;
}

/** $1 tenant, $2 address, $3 account. */
const IN_TENANT: readonly Question[] = [
  {
    name: 'membership',
    title: 'Your membership and roles',
    sql: `select m.status, m.created_at as since,
        (select array_agg(r.role order by r.role) from core.membership_roles r
          where r.tenant_id = m.tenant_id and r.user_id = m.user_id) as roles,
        jsonb_build_object('slug', t.slug, 'name', t.name, 'profile', t.profile) as workspace
      from core.memberships m join core.tenants t on t.id = m.tenant_id
      where m.tenant_id = $1 and m.user_id = $3::uuid and $2::text is not null`,
  },
  {
    name: 'sessions',
    title: 'Your sign-ins',
    sql: `select id, ip, user_agent as browser, created_at as "startedAt", last_used_at as "lastUsedAt",
        expires_at as "expiresAt", revoked_at as "endedAt", amr as "provenBy"
      from core.sessions where tenant_id = $1 and user_id = $3::uuid and $2::text is not null
      order by created_at desc`,
  },
  {
    name: 'invitations',
    title: 'Invitations to you',
    sql: `select roles, created_at as "createdAt", accepted_at as "acceptedAt", revoked_at as "revokedAt"
      from core.invitations where tenant_id = $1 and lower(email) = $2 and ($3::uuid is null or true)
      order by created_at desc`,
  },
  {
    name: 'api-keys',
    title: 'Your API keys',
    sql: `select name, permissions, created_at as "createdAt", expires_at as "expiresAt",
        last_used_at as "lastUsedAt", revoked_at as "revokedAt"
      from core.api_keys where tenant_id = $1 and user_id = $3::uuid and $2::text is not null
      order by created_at desc`,
  },
  {
    name: 'letters',
    title: 'E-mails the platform sent you',
    sql: `select template, locale, state, created_at as "createdAt", settled_at as "deliveredAt" from core.mails
      where tenant_id = $1 and lower(to_address) = $2 and ($3::uuid is null or true) order by created_at desc`,
  },
  {
    name: 'actions',
    title: 'What you did, as the audit log has it',
    sql: `select at, action, plugin_id as plugin, entity_id as subject, detail, ip, user_agent as browser
      from core.audit_log where tenant_id = $1 and actor_id = $3::uuid and $2::text is not null order by at desc`,
  },
];

/** $1 address, $2 account. */
const ACCOUNT: readonly Question[] = [
  {
    name: 'account',
    title: 'Your account',
    sql: `select id, email, name, status, locale, profile, preferences, email_verified_at as "emailVerifiedAt",
        last_sign_in_at as "lastSignInAt", created_at as "createdAt" from core.users
      where id = $2::uuid and $1::text is not null`,
  },
  {
    name: 'passkeys',
    title: 'Your passkeys',
    sql: `select name, created_at as "createdAt", last_used_at as "lastUsedAt" from core.passkeys
      where user_id = $2::uuid and $1::text is not null order by created_at`,
  },
  {
    name: 'authenticator-app',
    title: 'Your authenticator app',
    sql: `select created_at as "createdAt", confirmed_at as "confirmedAt" from core.totp_authenticators
      where user_id = $2::uuid and $1::text is not null`,
  },
  {
    name: 'external-sign-ins',
    title: 'Your accounts at sign-in providers',
    sql: `select issuer, subject, email, created_at as "createdAt", last_used_at as "lastUsedAt"
      from core.external_identities where user_id = $2::uuid and $1::text is not null order by created_at`,
  },
  {
    name: 'address-changes',
    title: 'Changes of your e-mail address',
    sql: `select new_email as "newAddress", created_at as "createdAt", ended_at as "endedAt" from core.email_changes
      where user_id = $2::uuid and $1::text is not null order by created_at desc`,
  },
  {
    name: 'account-letters',
    title: 'E-mails about your account',
    sql: `select template, locale, state, created_at as "createdAt", settled_at as "deliveredAt" from core.mails
      where tenant_id = '00000000-0000-0000-0000-000000000000' and lower(to_address) = $1
        and ($2::uuid is null or true) order by created_at desc`,
  },
];

/** Of a longer list the title says what there is of it. */
async function ask(sql: Sql, questions: readonly Question[], values: readonly unknown[], keeper: RecordKeeper) {
  const found = new Collected(keeper);
  for (const { name, title, sql: text } of questions) {
    const { rows } = await sql.query<JsonObject>(`${text} limit ${MOST + 1}`, values);
    const records = rows.slice(0, MOST);
    const isCut = rows.length > MOST;
    if (rows.length > 0) await found.add({ name, title: isCut ? `${title} (the newest ${MOST})` : title, records });
  }
  return found.lists;
}

/** What the platform itself knows of a person in one tenant. */
export async function exportFromTenant(
  sql: Sql,
  { id }: Workspace,
  { email, userId }: Person,
  keeper: RecordKeeper,
): Promise<PartExport> {
  const collections = await ask(sql, IN_TENANT, [id, email, userId], keeper);
  return { part: 'core', title: 'The platform', collections, files: [] };
}

/** What the platform knows of a person whatever the tenant. */
export async function exportAccount(sql: Sql, { email, userId }: Person, keeper: RecordKeeper): Promise<PartExport> {
  const collections = await ask(sql, ACCOUNT, [email, userId], keeper);
  const { rows } = await sql.query<{ picture: string | null }>('select picture from core.users where id = $1', [
    userId,
  ]);
  const files = rows.flatMap(({ picture }) => (picture === null ? [] : [fileOf(picture)]));
  return { part: 'account', title: 'Your account', collections, files };
}
