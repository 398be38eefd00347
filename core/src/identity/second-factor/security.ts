import type { Database } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { Principal } from '../../routes/index.ts';
import { relyingPartyOf } from '../passkeys/relying-party.ts';

/** How somebody can prove who they are, as they see it themselves. */
export interface Security {
  hasPassword: boolean;
  totp: { since: string } | null;
  /** Left. */
  recoveryCodes: number;
  passkeys: { id: string; name: string; backedUp: boolean; createdAt: string; lastUsedAt: string | null }[];
  /** Where passkeys can be used. */
  passkeyOrigin: string | null;
  secondFactorRequired: boolean;
  /** Of this tenant; `null` while it has none. `since`: the person's account is connected to it. */
  singleSignOn: { since: string | null } | null;
}

interface Row {
  hasPassword: boolean;
  totpSince: Date | null;
  recoveryCodes: number;
  secondFactorRequired: boolean;
  singleSignOn: boolean;
  connectedSince: Date | null;
}

interface PasskeyRow {
  id: string;
  name: string;
  backedUp: boolean;
  createdAt: Date;
  lastUsedAt: Date | null;
}

export async function securityOf(
  db: Pick<Database, 'platform'>,
  { tenant, user }: Principal,
  publicOrigin: string,
): Promise<Security> {
  const [account, passkeys] = await Promise.all([
    db.platform.query<Row>(
      `select u.password_hash is not null as "hasPassword", a.confirmed_at as "totpSince",
              (select count(*)::int from core.recovery_codes c
                where c.user_id = u.id and c.used_at is null) as "recoveryCodes",
              (select t.second_factor_required from core.tenants t where t.id = $2) as "secondFactorRequired",
              exists (select from core.single_sign_on s where s.tenant_id = $2 and s.enabled) as "singleSignOn",
              (select min(e.created_at) from core.external_identities e
                 join core.single_sign_on s on s.tenant_id = e.tenant_id and s.issuer = e.issuer
                where e.tenant_id = $2 and e.user_id = u.id) as "connectedSince"
         from core.users u left join core.totp_authenticators a on a.user_id = u.id
        where u.id = $1`,
      [user.id, tenant.id],
    ),
    db.platform.query<PasskeyRow>(
      `select id, name, backed_up as "backedUp", created_at as "createdAt", last_used_at as "lastUsedAt"
         from core.passkeys where user_id = $1 order by created_at, id`,
      [user.id],
    ),
  ]);
  const [row] = account.rows;
  if (!row) throw new ApiError('not-found', 'There is no such account.');
  return {
    hasPassword: row.hasPassword,
    totp: row.totpSince === null ? null : { since: row.totpSince.toISOString() },
    recoveryCodes: row.recoveryCodes,
    passkeys: passkeys.rows.map(({ createdAt, lastUsedAt, ...passkey }) => ({
      ...passkey,
      createdAt: createdAt.toISOString(),
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
    })),
    passkeyOrigin: relyingPartyOf(publicOrigin)?.origin ?? null,
    secondFactorRequired: row.secondFactorRequired,
    singleSignOn: row.singleSignOn ? { since: row.connectedSince?.toISOString() ?? null } : null,
  };
}
