import type { Sql } from '../../data/index.ts';
import { PICTURE_OWNER } from '../../pictures/index.ts';
import { PLATFORM_TENANT } from '../../routes/index.ts';
import type { ErasedCount, KeptCount, PartErasure, Person, Workspace } from '../types.ts';

const AUDIT_REASON =
  'Pseudonymised: entries name an account by a number that no longer leads to a person. The log proves who changed what and may not be altered (Art. 17(3)(b) and (e), Art. 32 GDPR).';
const INVOICE_REASON =
  'Invoices and payments of the workspace must be kept for up to ten years (tax and commercial law, Art. 17(3)(b) GDPR).';

const LETTER_REASON = 'It says that the account was deleted. The address is forgotten within seven days.';

async function counted(sql: Sql, what: string, text: string, values: readonly unknown[]): Promise<ErasedCount> {
  return { what, count: (await sql.query(text, values)).rowCount };
}

async function auditKept(sql: Sql, userId: string, tenantId: string): Promise<KeptCount> {
  const { rows } = await sql.query<{ count: number }>(
    'select count(*) as count from core.audit_log where tenant_id = $1 and actor_id = $2',
    [tenantId, userId],
  );
  return { what: 'Entries of the audit log', count: rows[0]?.count ?? 0, reason: AUDIT_REASON };
}

async function purchasesKept(sql: Sql, userId: string, tenantId: string): Promise<KeptCount> {
  const { rows } = await sql.query<{ count: number }>(
    'select count(*) as count from core.purchases where tenant_id = $1 and created_by = $2',
    [tenantId, userId],
  );
  return { what: 'Orders placed for the workspace', count: rows[0]?.count ?? 0, reason: INVOICE_REASON };
}

const some = <Counted extends ErasedCount>(counts: readonly Counted[]) => counts.filter(({ count }) => count > 0);

/** Ends all that ties a person to a tenant, in the caller's transaction. May run again. */
export async function eraseFromTenant(sql: Sql, workspace: Workspace, { email, userId }: Person): Promise<PartErasure> {
  const { id, slug } = workspace;
  const erased = [
    await counted(sql, 'E-mails', 'delete from core.mails where tenant_id = $1 and lower(to_address) = $2', [
      id,
      email,
    ]),
    await counted(sql, 'Invitations', 'delete from core.invitations where tenant_id = $1 and lower(email) = $2', [
      id,
      email,
    ]),
  ];
  const kept: KeptCount[] = [];
  if (userId !== null) {
    const own = [id, userId];
    erased.push(
      await counted(sql, 'Sessions', 'delete from core.sessions where tenant_id = $1 and user_id = $2', own),
      await counted(sql, 'API keys', 'delete from core.api_keys where tenant_id = $1 and user_id = $2', own),
      await counted(
        sql,
        'Names at files',
        'update core.files set created_by = null where tenant_id = $1 and created_by = $2',
        own,
      ),
      await counted(
        sql,
        'Names at tasks',
        'update core.tasks set closed_by = null where tenant_id = $1 and closed_by = $2',
        own,
      ),
      await counted(sql, 'Memberships', 'delete from core.memberships where tenant_id = $1 and user_id = $2', own),
    );
    await sql.query('update core.settings set updated_by = null where tenant_id = $1 and updated_by = $2', own);
    await sql.query('update core.invitations set invited_by = null where tenant_id = $1 and invited_by = $2', own);
    kept.push(await auditKept(sql, userId, id), await purchasesKept(sql, userId, id));
  }
  return { tenant: slug, part: 'core', title: 'The platform', state: 'done', erased: some(erased), kept: some(kept) };
}

/**
 * Makes an account nobody's, in the caller's transaction: its number stays for those entries that must be kept, all else
 * goes. May run again.
 */
export async function eraseAccount(sql: Sql, { email, userId }: Person): Promise<PartErasure> {
  const erased = [
    await counted(
      sql,
      'E-mails about the account',
      `delete from core.mails where tenant_id = $1 and lower(to_address) = $2 and template <> 'account-deleted'`,
      [PLATFORM_TENANT.id, email],
    ),
    await counted(sql, 'Sign-ups', 'delete from core.sign_ups where lower(email) = $1', [email]),
  ];
  if (userId !== null) {
    const removals: [what: string, table: string][] = [
      ['Passkeys', 'passkeys'],
      ['Authenticator apps', 'totp_authenticators'],
      ['Recovery codes', 'recovery_codes'],
      ['Password resets', 'password_resets'],
      ['Address changes', 'email_changes'],
      ['Accounts at sign-in providers', 'external_identities'],
      ['Sessions', 'sessions'],
    ];
    for (const [what, table] of removals) {
      erased.push(await counted(sql, what, `delete from core.${table} where user_id = $1`, [userId]));
    }
    // Nobody finds them from here on; the content goes with the next sweep.
    const pictures = `update core.files set deleted_at = now()
      where tenant_id = $2 and plugin_id = $3 and deleted_at is null
        and id = (select left(picture, 36)::uuid from core.users where id = $1)`;
    erased.push(
      await counted(sql, 'Pictures', pictures, [userId, PLATFORM_TENANT.id, PICTURE_OWNER]),
      await counted(
        sql,
        'Accounts',
        `update core.users set email = 'erased-' || id || '@erased.invalid', name = 'Former member', password_hash = null,
           status = 'inactive', is_operator = false, profile = '{}', preferences = '{}', picture = null, email_verified_at = null,
           last_sign_in_at = null, updated_at = now()
         where id = $1 and email not like 'erased-%@erased.invalid'`,
        [userId],
      ),
    );
  }
  const { rows } = await sql.query<{ count: number }>(
    'select count(*) as count from core.mails where tenant_id = $1 and lower(to_address) = $2',
    [PLATFORM_TENANT.id, email],
  );
  const kept = [{ what: 'The last e-mail to the account', count: rows[0]?.count ?? 0, reason: LETTER_REASON }];
  return { tenant: null, part: 'account', title: 'The account', state: 'done', erased: some(erased), kept: some(kept) };
}
