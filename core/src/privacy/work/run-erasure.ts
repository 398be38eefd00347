import { recordAudit, SYSTEM_TRACE } from '../../audit/index.ts';
import type { CoreModels } from '../../data/index.ts';
import { queueMail } from '../../mail/index.ts';
import { certificateOf } from '../certificate.ts';
import { erasePerson } from '../erasure/erase-person.ts';
import type { ClaimedRequest, RequestStore } from '../requests/index.ts';
import type { Person, Workspace } from '../types.ts';
import type { PrivacyDependencies } from './dependencies.ts';
import { receiverOf } from './letters.ts';
import { ownedAlone, workspacesOf } from './workspaces.ts';

/** Something outside must change before the work can go on. */
export class NotYet extends Error {}

/** The last e-mail to an account goes before its address is forgotten. */
async function sayGoodbye(deps: PrivacyDependencies, request: ClaimedRequest): Promise<void> {
  await deps.db.asPlatform(async (models) => {
    const receiver = await receiverOf(models, request.requestedBy);
    if (!receiver) return;
    await queueMail(models, {
      template: 'account-deleted',
      to: { email: receiver.email, name: receiver.name },
      locale: receiver.locale,
      tenantId: null,
      key: `account-deleted:${request.id}`,
      values: { platform: deps.mailer.publicOrigin() },
    });
  });
}

async function finish(
  deps: PrivacyDependencies,
  request: ClaimedRequest,
  workspaces: readonly Workspace[],
): Promise<void> {
  const completedAt = deps.now();
  const signed = deps.authority.sign(
    certificateOf(
      {
        platform: deps.mailer.publicOrigin(),
        request: request.id,
        about: 'person',
        requestedAt: request.createdAt.toISOString(),
        completedAt: completedAt.toISOString(),
      },
      request.progress.results ?? [],
    ),
  );
  await deps.db.asPlatform(async (models) => {
    await models.PrivacyRequest.update(
      {
        state: 'done',
        percent: 100,
        stage: null,
        lastError: null,
        lockedUntil: null,
        subject: null,
        progress: { results: (request.progress.results ?? []) as never },
        certificate: signed.text,
        signature: signed.signature,
        finishedAt: completedAt,
      },
      { where: { tenantId: request.tenantId, id: request.id, state: 'running' } },
    );
    for (const { id } of workspaces) {
      await recordAudit(models, SYSTEM_TRACE, {
        tenantId: id,
        action: 'privacy.person-erased',
        entityId: request.id,
        detail: { scope: request.scope },
      });
    }
    await tellRequester(models, deps, request);
  });
  deps.mailer.wake();
}

async function tellRequester(models: CoreModels, deps: PrivacyDependencies, request: ClaimedRequest): Promise<void> {
  const receiver = request.scope === 'tenant' ? await receiverOf(models, request.requestedBy) : undefined;
  if (!receiver) return;
  await queueMail(models, {
    template: 'erasure-done',
    to: { email: receiver.email, name: receiver.name },
    locale: receiver.locale,
    tenantId: request.tenantId,
    key: `erasure-done:${request.id}`,
    values: { link: `${deps.mailer.publicOrigin()}/certificate/${request.id}` },
  });
}

/** Erases a person; every step may run again. Rejects with `NotYet` when something is to be waited for. */
export async function runErasure(
  deps: PrivacyDependencies,
  store: RequestStore,
  request: ClaimedRequest,
  person: Person,
): Promise<void> {
  const { db, changes, people } = deps;
  const { progress } = request;
  if (person.userId !== null) {
    const alone = await ownedAlone(db.platform, person.userId, request.scope === 'tenant' ? request.tenantId : null);
    if (alone.length > 0) {
      const names = alone.map(({ name }) => name).join(', ');
      throw new NotYet(`They are the only owner of ${names}: somebody else must become one first.`);
    }
  }
  // Once the memberships are gone nobody could say any more where to look.
  progress.workspaces ??= await workspacesOf(db.platform, request, person);
  const workspaces = progress.workspaces;
  await store.save(request, 2, 'Files');
  if (request.scope === 'account') await sayGoodbye(deps, request);
  const complete = await erasePerson(
    request,
    workspaces,
    person,
    async (sql) => {
      if (request.scope === 'account') return true;
      if (person.userId === null) return false;
      // An account that is left without any workspace was only there for this one.
      const { rows } = await sql.query(
        `select 1 from core.users u where u.id = $1 and (u.is_operator
           or exists (select from core.memberships m where m.user_id = u.id))`,
        [person.userId],
      );
      return rows.length === 0;
    },
    {
      people,
      transaction: (work) => db.platform.transaction(work),
      save: (percent, stage) => store.save(request, percent, stage),
    },
  );
  if (person.userId !== null) await changes.announce('membership', { userId: person.userId });
  if (!complete) {
    const waiting = (progress.results ?? []).filter(({ state }) => state === 'waiting').map(({ title }) => title);
    throw new NotYet(`${[...new Set(waiting)].join(', ')} can not be asked now; the rest has been erased.`);
  }
  await finish(deps, request, workspaces);
}
