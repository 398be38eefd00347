import { recordAudit, SYSTEM_TRACE } from '../../audit/index.ts';
import { queueMail } from '../../mail/index.ts';
import { PLATFORM_TENANT } from '../../routes/index.ts';
import { certificateOf } from '../certificate.ts';
import type { ClaimedRequest, RequestStore } from '../requests/index.ts';
import type { Workspace } from '../types.ts';
import { purgeWorkspace } from '../workspace/purge.ts';
import type { PrivacyDependencies } from './dependencies.ts';
import type { Receiver } from './letters.ts';

async function owners(deps: PrivacyDependencies, tenantId: string): Promise<Receiver[]> {
  const { rows } = await deps.db.platform.query<Receiver>(
    `select u.email, u.name, u.locale from core.membership_roles r join core.users u on u.id = r.user_id
      where r.tenant_id = $1 and r.role = 'owner' and u.status = 'active'`,
    [tenantId],
  );
  return rows;
}

/** Deletes a workspace when its time has come. Every step may run again. */
export async function runDeletion(
  deps: PrivacyDependencies,
  store: RequestStore,
  request: ClaimedRequest,
): Promise<void> {
  const { db, mailer, changes, now } = deps;
  const { progress } = request;
  if (!progress.workspaces) {
    const { rows } = await db.platform.query<Workspace>('select id, slug, name from core.tenants where id = $1', [
      request.tenantId,
    ]);
    progress.workspaces = rows;
    // Written while there are owners; sent in any case, as from here on nothing leads back.
    const receivers = await owners(deps, request.tenantId);
    const [workspace] = rows;
    await db.asPlatform(async (models) => {
      for (const { email, name, locale } of receivers) {
        await queueMail(models, {
          template: 'workspace-deleted',
          to: { email, name },
          locale,
          tenantId: null,
          key: `workspace-deleted:${request.id}:${email}`,
          values: { workspace: workspace?.name ?? '' },
        });
      }
    });
    await store.save(request, 1, 'E-mails');
    mailer.wake();
  }
  const [workspace] = progress.workspaces;
  if (!workspace) throw new Error('there is no such workspace');
  await purgeWorkspace(request, workspace, {
    db,
    endBilling: deps.endBilling,
    closed: async () => {
      await changes.announce('tenant', { tenantId: workspace.id, slug: workspace.slug });
      // What is remembered of everybody's rights is looked up anew: their sessions have ended.
      await changes.announce('role', { tenantId: workspace.id });
    },
    save: (percent, stage) => store.save(request, percent, stage),
  });
  await changes.announce('tenant', { tenantId: workspace.id, slug: workspace.slug });
  const completedAt = now();
  const result = { tenant: workspace.slug, part: 'core', title: workspace.name, state: 'done' as const };
  const signed = deps.authority.sign(
    certificateOf(
      {
        platform: mailer.publicOrigin(),
        request: request.id,
        about: 'workspace',
        requestedAt: request.createdAt.toISOString(),
        completedAt: completedAt.toISOString(),
      },
      [{ ...result, erased: progress.removed ?? [], kept: progress.kept ?? [] }],
    ),
  );
  await db.asPlatform(async (models) => {
    await models.PrivacyRequest.update(
      {
        state: 'done',
        percent: 100,
        stage: null,
        lastError: null,
        lockedUntil: null,
        certificate: signed.text,
        signature: signed.signature,
        finishedAt: completedAt,
      },
      { where: { tenantId: request.tenantId, id: request.id } },
    );
    await recordAudit(models, SYSTEM_TRACE, {
      tenantId: PLATFORM_TENANT.id,
      action: 'tenant.deleted',
      entityId: request.tenantId,
      detail: { request: request.id },
    });
  });
}
