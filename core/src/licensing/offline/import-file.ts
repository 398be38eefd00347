import type { AuditTrace } from '../../audit/index.ts';
import type { CoreModels, Database } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { LicensingDependencies } from '../dependencies.ts';
import type { LicenceWriter } from '../licence-writer.ts';
import { unknownLimits } from '../usage/limit-names.ts';
import { type IssuerKeys, LicenceFileError, type OfflineLicence, readLicence } from './licence-file.ts';

const DAY_MS = 86_400_000;
/** The issuer's clock and ours may differ by so much. */
const CLOCKS_APART_MS = DAY_MS;

interface Dependencies {
  db: Pick<Database, 'asPlatform' | 'platform'>;
  plugins: Pick<LicensingDependencies['plugins'], 'manifest'>;
  writer: LicenceWriter;
  findTenant(slug: string): Promise<{ id: string; slug: string } | null>;
  keys: IssuerKeys;
  now(): Date;
}

/** A file that was imported. */
export interface ImportedFile {
  id: string;
  tenant: string;
  plugin: string;
  issuedAt: string;
  importedAt: string;
  revoked: boolean;
}

export interface OfflineLicences {
  /** What files for this installation must name. */
  installation(): Promise<string>;
  /**
   * Imports a licence file; a second time changes nothing. Refuses with an explanation and a reason: `no-issuer-keys`,
   * `not-a-licence-file`, `unknown-issuer`, `tampered`, `other-installation`, `unknown-tenant`, `unknown-limit`,
   * `expired`, `clock-behind`, `revoked`, `older-than-known`.
   */
  import(file: string, trace: AuditTrace): Promise<OfflineLicence>;
  /** The newest first. */
  list(): Promise<ImportedFile[]>;
}

export function createOfflineLicences({ db, plugins, writer, findTenant, keys, now }: Dependencies): OfflineLicences {
  async function installation(): Promise<string> {
    const { rows } = await db.platform.query<{ prefix: string }>('select prefix from core.installation');
    return rows[0]?.prefix ?? '';
  }

  async function read(file: string): Promise<OfflineLicence> {
    if (keys.size === 0) {
      throw refused('no-issuer-keys', 'This installation knows no issuer of licence files: set BAZAAR_LICENCE_KEYS.');
    }
    try {
      return await readLicence(file, keys);
    } catch (error) {
      if (error instanceof LicenceFileError) throw refused(error.reason, error.message);
      throw error;
    }
  }

  async function checkPlace(licence: OfflineLicence): Promise<string> {
    const here = await installation();
    if (licence.installation !== here) {
      throw refused('other-installation', `The file is for installation ${licence.installation}; this one is ${here}.`);
    }
    const tenant = await findTenant(licence.tenant);
    if (!tenant) throw refused('unknown-tenant', `There is no workspace "${licence.tenant}".`);
    return tenant.id;
  }

  /** Of a plugin that is not here yet nobody can say what it counts. */
  function checkLimits({ plugin, limits }: OfflineLicence, tenantId: string): void {
    const manifest = plugins.manifest(plugin, tenantId);
    const [unknown] = manifest ? unknownLimits(limits, manifest) : [];
    if (unknown) throw refused('unknown-limit', `The file limits what nobody counts: ${unknown.message}`);
  }

  /** By our clock, and by the latest moment that has certainly passed. */
  function checkTime({ issuedAt, expiresAt }: OfflineLicence, reached: Date): void {
    const clock = now().getTime();
    if (Date.parse(issuedAt) > clock + CLOCKS_APART_MS) {
      throw refused('clock-behind', `The file was issued at ${issuedAt}, which is to come: is the clock right?`);
    }
    if (expiresAt !== null && Date.parse(expiresAt) <= Math.max(clock, reached.getTime())) {
      throw refused('expired', `The licence ended at ${expiresAt}.`);
    }
  }

  async function store(models: CoreModels, tenantId: string, licence: OfflineLicence, file: string, trace: AuditTrace) {
    const { id, plugin, plan, issuedAt, expiresAt, seats, limits, revokes } = licence;
    // Of two files at the same time the second sees what the first has done.
    await models.Tenant.findOne({ where: { id: tenantId }, attributes: ['id'], lock: true });
    const known = await models.LicenceFile.findAll({ where: { tenantId, pluginId: plugin } });
    if (known.some((one) => one.id === id)) return false;
    checkLimits(licence, tenantId);
    if (known.some((one) => one.issuedAt.getTime() > Date.parse(issuedAt))) {
      throw refused('older-than-known', 'A newer file for this workspace and plugin has been taken in.');
    }
    if (await models.LicenceFileRevocation.findOne({ where: { id } })) {
      throw refused('revoked', 'The issuer has revoked this file.');
    }
    for (const revoked of revokes) {
      await models.LicenceFileRevocation.upsert({ id: revoked });
      const source = `offline:${revoked}`;
      const licences = await models.Licence.findAll({ where: { source } });
      for (const { tenantId: whose, pluginId } of licences) {
        const change = {
          tenantId: whose,
          plugin: pluginId,
          reason: 'The licence file was revoked.',
          at: now(),
          source,
        };
        await writer.revoke(models, change, trace);
      }
    }
    await models.LicenceFile.create({ tenantId, id, pluginId: plugin, issuedAt: new Date(issuedAt), file });
    const kind = plan === 'one-time' ? 'purchased' : 'subscription';
    const ends = expiresAt === null ? null : new Date(expiresAt);
    const paid = { tenantId, plugin, kind, plan, expiresAt: ends, seats, limits, source: `offline:${id}` } as const;
    await writer.project(models, paid, trace);
    // The newest file corrects what a clock that ran ahead has left. An older one, kept back until now, says nothing of
    // today: with a clock that was put back it would bring licences back that have ended.
    const newest = await models.LicenceFile.findOne({ order: [['issuedAt', 'DESC']], attributes: ['id'] });
    if (newest?.id === id) await models.LicenceClock.update({ reached: now() }, { where: {} });
    return true;
  }

  return {
    installation,
    async import(file, trace) {
      const licence = await read(file);
      const tenantId = await checkPlace(licence);
      const { rows } = await db.platform.query<{ reached: Date }>('select reached from core.licence_clock');
      checkTime(licence, rows[0]?.reached ?? now());
      const changed = await db.asPlatform((models) => store(models, tenantId, licence, file.trim(), trace));
      if (!changed) return licence;
      await writer.announce(tenantId, licence.plugin);
      for (const revoked of licence.revokes) {
        const hit = await db.asPlatform((models) =>
          models.Licence.findAll({ where: { source: `offline:${revoked}` } }),
        );
        for (const one of hit) await writer.announce(one.tenantId, one.pluginId);
      }
      return licence;
    },
    async list() {
      const { rows } = await db.platform.query<ImportedFile & { issuedAt: Date; importedAt: Date }>(
        `select f.id, t.slug as tenant, f.plugin_id as plugin, f.issued_at as "issuedAt", f.imported_at as "importedAt",
                exists (select from core.licence_file_revocations r where r.id = f.id) as revoked
           from core.licence_files f join core.tenants t on t.id = f.tenant_id
          order by f.imported_at desc, f.id`,
      );
      return rows.map(({ issuedAt, importedAt, ...rest }) => ({
        ...rest,
        issuedAt: issuedAt.toISOString(),
        importedAt: importedAt.toISOString(),
      }));
    },
  };
}

function refused(reason: string, message: string): ApiError {
  return new ApiError('unprocessable', message, { reason, errors: [{ pointer: '/file', message }] });
}
