import { createHash, randomBytes } from 'node:crypto';
import type { FileInfo } from '@bazaar/sdk';
import { recordAudit, SYSTEM_TRACE } from '../../audit/index.ts';
import type { Scratch } from '../../files/index.ts';
import { queueMail } from '../../mail/index.ts';
import { PICTURE_OWNER } from '../../pictures/index.ts';
import { PLATFORM_TENANT } from '../../routes/index.ts';
import { type ArchivePart, buildArchive, type MissingPart } from '../archive/build-archive.ts';
import { exportAccount, exportFromTenant } from '../people/index.ts';
import type { ClaimedRequest, RequestStore } from '../requests/index.ts';
import type { Person } from '../types.ts';
import type { PrivacyDependencies } from './dependencies.ts';
import { dayOf, receiverOf } from './letters.ts';
import { workspacesOf } from './workspaces.ts';

/** As whose files archives are stored. */
export const ARCHIVE_OWNER = 'core';
const LARGEST_ARCHIVE = 10 * 1024 * 1024 * 1024;

export const hashOf = (secret: string) => createHash('sha256').update(secret).digest();

async function collect(
  deps: PrivacyDependencies,
  store: RequestStore,
  request: ClaimedRequest,
  person: Person,
  scratch: Scratch,
): Promise<{ parts: ArchivePart[]; missing: MissingPart[] }> {
  const { db, people } = deps;
  const parts: ArchivePart[] = [];
  const missing: MissingPart[] = [];
  if (request.scope === 'account') {
    const keeper = { tenantId: PLATFORM_TENANT.id, pluginId: PICTURE_OWNER };
    parts.push({ ...(await exportAccount(db.platform, person, scratch)), workspace: null, keeper });
  }
  const workspaces = await workspacesOf(db.platform, request, person);
  for (const [index, workspace] of workspaces.entries()) {
    const keptBy = (part: string) => ({ workspace, keeper: { tenantId: workspace.id, pluginId: part } });
    parts.push({ ...(await exportFromTenant(db.platform, workspace, person, scratch)), ...keptBy(ARCHIVE_OWNER) });
    const found = await people.export({ workspace, person, files: [], requestId: request.id }, scratch);
    for (const plugin of found.keeping) {
      const about = { workspace: workspace.slug, part: plugin.id };
      if (plugin.state === 'undeclared') missing.push({ ...about, reason: 'It does not say what it knows of people.' });
      if (plugin.state === 'waiting') missing.push({ ...about, reason: plugin.reason ?? 'It is not running.' });
      const part = found.parts.get(plugin.id);
      if (part) parts.push({ ...part, ...keptBy(plugin.id) });
    }
    await store.save(request, (60 * (index + 1)) / workspaces.length, workspace.name);
  }
  return { parts, missing };
}

async function storeArchive(
  deps: PrivacyDependencies,
  store: RequestStore,
  request: ClaimedRequest,
  person: Person,
  madeAt: Date,
): Promise<FileInfo> {
  const { files } = deps;
  const scratch = await deps.scratch();
  try {
    const { parts, missing } = await collect(deps, store, request, person, scratch);
    const facts = { madeAt, about: { email: person.email }, missing };
    const content = buildArchive(parts, facts, files, scratch, (done) => {
      const percent = 60 + (35 * done) / parts.length;
      store.save(request, percent, 'Archive').catch((error: unknown) => {
        deps.log.warn({ err: error }, 'the progress of an export could not be written down');
      });
    });
    const scope = { tenantId: request.tenantId, pluginId: ARCHIVE_OWNER, userId: request.requestedBy };
    const name = `personal-data-${madeAt.toISOString().slice(0, 10)}.zip`;
    return await files.store(scope, { name, content, maxBytes: LARGEST_ARCHIVE });
  } finally {
    await scratch.close();
  }
}

/** Makes the archive, stores it, and sends the link. A process that takes over begins anew: nothing was handed out yet. */
export async function runExport(
  deps: PrivacyDependencies,
  store: RequestStore,
  request: ClaimedRequest,
  person: Person,
): Promise<void> {
  const { db, mailer, now, timing } = deps;
  const madeAt = now();
  const file = await storeArchive(deps, store, request, person, madeAt);
  const secret = randomBytes(32).toString('base64url');
  const expiresAt = new Date(madeAt.getTime() + timing.archiveMs);
  await db.asPlatform(async (models) => {
    const [changed] = await models.PrivacyRequest.update(
      {
        state: 'done',
        percent: 100,
        stage: null,
        lastError: null,
        lockedUntil: null,
        fileId: file.id,
        linkHash: hashOf(secret),
        expiresAt,
        finishedAt: madeAt,
      },
      { where: { tenantId: request.tenantId, id: request.id, state: 'running' } },
    );
    // Cancelled meanwhile, or finished by the one who took it over: the sweep finds the file.
    if (changed === 0) return;
    const receiver = await receiverOf(models, request.requestedBy);
    if (receiver) {
      await queueMail(models, {
        template: 'export-ready',
        to: { email: receiver.email, name: receiver.name },
        locale: receiver.locale,
        tenantId: request.tenantId,
        key: `privacy-export:${request.id}`,
        values: {
          own: request.scope === 'account',
          about: person.email,
          link: `${mailer.publicOrigin()}/api/privacy/archives/${request.id}?key=${secret}`,
          until: dayOf(expiresAt, receiver.locale),
        },
      });
    }
    await recordAudit(models, SYSTEM_TRACE, {
      tenantId: request.tenantId,
      action: 'privacy.export-made',
      entityId: request.id,
      detail: { scope: request.scope, size: file.size },
    });
  });
  mailer.wake();
}
