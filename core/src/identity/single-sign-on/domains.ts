import { randomBytes } from 'node:crypto';
import { type AuditTrace, recordAudit } from '../../audit/index.ts';
import { isDuplicate } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { IdentityDependencies } from '../types.ts';
import { readDomain, verificationRecord } from './domain.ts';

/** More than any company has. */
const MOST = 50;

/** The TXT records of a name, each in its parts; rejects when there are none. */
export type ResolveTxt = (name: string) => Promise<string[][]>;

export interface ClaimedDomainItem {
  domain: string;
  verifiedAt: string | null;
  verifiedBy: string | null;
  /** What to publish. */
  record: { name: string; value: string };
}

/** The domains that tenants say to own, and have shown to. */
export function createDomains(
  { db, now, log }: Pick<IdentityDependencies, 'db' | 'now' | 'log'>,
  resolveTxt: ResolveTxt,
) {
  async function isPublished(domain: string, token: string): Promise<boolean> {
    const { name, value } = verificationRecord(domain, token);
    try {
      return (await resolveTxt(name)).some((parts) => parts.join('') === value);
    } catch (error) {
      log.info({ err: error, domain }, 'a domain could not be looked up');
      return false;
    }
  }

  async function markVerified(tenantId: string, domain: string, by: 'dns' | 'operator', trace: AuditTrace) {
    const taken = () => new ApiError('conflict', `${domain} belongs to another workspace.`, { reason: 'domain-taken' });
    await db
      .asPlatform(async (models) => {
        const claimed = await models.ClaimedDomain.findOne({ where: { tenantId, domain }, lock: true });
        if (!claimed) throw new ApiError('not-found', 'This domain has not been claimed.');
        if (claimed.verifiedAt !== null) return;
        await claimed.update({ verifiedAt: now(), verifiedBy: by });
        await recordAudit(models, trace, {
          tenantId,
          action: 'domain.verified',
          entityId: domain,
          detail: { by },
        });
      })
      .catch((error: unknown) => {
        throw isDuplicate(error) ? taken() : error;
      });
  }

  return {
    async list(tenantId: string): Promise<ClaimedDomainItem[]> {
      const found = await db.asPlatform((models) =>
        models.ClaimedDomain.findAll({ where: { tenantId }, order: ['domain'], limit: MOST }),
      );
      return found.map(({ domain, token, verifiedAt, verifiedBy }) => ({
        domain,
        verifiedAt: verifiedAt?.toISOString() ?? null,
        verifiedBy,
        record: verificationRecord(domain, token),
      }));
    },
    async claim(tenantId: string, text: string, trace: AuditTrace): Promise<ClaimedDomainItem> {
      const domain = readDomain(text);
      if (domain === null) {
        const message = 'Enter a domain, such as acme.com.';
        throw new ApiError('invalid-input', message, { errors: [{ pointer: '/domain', message }] });
      }
      const token = randomBytes(20).toString('hex');
      await db.asPlatform(async (models) => {
        await models.Tenant.findOne({ where: { id: tenantId }, lock: true });
        const known = await models.ClaimedDomain.findAll({ where: { tenantId }, attributes: ['domain'] });
        if (known.some((one) => one.domain === domain)) {
          throw new ApiError('conflict', `${domain} has been claimed already.`, { reason: 'domain-claimed' });
        }
        if (known.length >= MOST) {
          throw new ApiError('conflict', `There can be ${MOST} domains at most.`, { reason: 'too-many-domains' });
        }
        await models.ClaimedDomain.create({ tenantId, domain, token, createdAt: now() });
        await recordAudit(models, trace, { tenantId, action: 'domain.claimed', entityId: domain });
      });
      return { domain, verifiedAt: null, verifiedBy: null, record: verificationRecord(domain, token) };
    },
    /** Looks for the record. Refuses with `conflict` (`record-missing`) when it is not there. */
    async verify(tenantId: string, domain: string, trace: AuditTrace): Promise<void> {
      const claimed = await db.asPlatform((models) => models.ClaimedDomain.findOne({ where: { tenantId, domain } }));
      if (!claimed) throw new ApiError('not-found', 'This domain has not been claimed.');
      if (!(await isPublished(domain, claimed.token))) {
        throw new ApiError('conflict', `The record at ${verificationRecord(domain, '').name} is not there yet.`, {
          reason: 'record-missing',
        });
      }
      await markVerified(tenantId, domain, 'dns', trace);
    },
    /** An operator of the platform knows by other means whose domain it is. */
    async vouch(slug: string, domain: string, trace: AuditTrace): Promise<void> {
      const tenant = await db.asPlatform((models) => models.Tenant.findOne({ where: { slug } }));
      if (!tenant) throw new ApiError('not-found', 'There is no such tenant.');
      await markVerified(tenant.id, domain, 'operator', trace);
    },
    async remove(tenantId: string, domain: string, trace: AuditTrace): Promise<void> {
      await db.asPlatform(async (models) => {
        const settings = await models.SingleSignOn.findOne({ where: { tenantId }, lock: true });
        const claimed = await models.ClaimedDomain.findAll({ where: { tenantId } });
        const others = claimed.filter((one) => one.domain !== domain && one.verifiedAt !== null);
        if (settings?.enforced === true && others.length === 0) {
          throw new ApiError('conflict', 'Members sign in by this domain alone. Stop enforcing single sign-on first.', {
            reason: 'domain-needed',
          });
        }
        if ((await models.ClaimedDomain.destroy({ where: { tenantId, domain } })) === 0) {
          throw new ApiError('not-found', 'This domain has not been claimed.');
        }
        const { verifiedBy = null } = claimed.find((one) => one.domain === domain) ?? {};
        await recordAudit(models, trace, {
          tenantId,
          action: 'domain.removed',
          entityId: domain,
          detail: { verifiedBy },
        });
      });
    },
  };
}

export type Domains = ReturnType<typeof createDomains>;
