import { traceOf } from '../../audit/index.ts';
import { ApiError } from '../../errors/index.ts';
import { queueMail } from '../../mail/index.ts';
import { type PageInput, pageInput, pageOutput } from '../../paging/index.ts';
import { defineRoute, type Principal, type Route, type RouteContext, signedIn } from '../../routes/index.ts';
import { ask, listRequests, withdraw } from '../requests/index.ts';
import { dayOf, ownedAlone } from '../work/index.ts';
import type { PrivacyApi } from './options.ts';
import { NO_INPUT, REQUEST, TAG, WORKSPACE } from './schemas.ts';

const personOf = ({ user }: Principal) => ({ email: user.email.toLowerCase(), userId: user.id });

interface DeletionInput {
  when: 'now' | 'after-grace';
  confirm: string;
}

/** What people do with their own data, in all of their workspaces. */
export function ownRoutes(api: PrivacyApi): Route[] {
  const { db, sealer, mailer, now, timing, wake } = api;

  async function refuseOwners(userId: string): Promise<void> {
    const alone = await ownedAlone(db.platform, userId, null);
    if (alone.length === 0) return;
    const names = alone.map(({ name }) => name).join(', ');
    throw new ApiError(
      'conflict',
      `You are the only owner of ${names}. Make somebody else an owner first, or delete it.`,
      {
        reason: 'last-owner',
      },
    );
  }

  async function ownsAny(userId: string): Promise<boolean> {
    const { rows } = await db.platform.query(
      `select 1 from core.membership_roles r join core.tenants t on t.id = r.tenant_id
        where r.user_id = $1 and r.role = 'owner' and t.deleted_at is null limit 1`,
      [userId],
    );
    return rows.length > 0;
  }

  async function requestDeletion(context: RouteContext, { when, confirm }: DeletionInput) {
    const principal = signedIn(context);
    const { user, tenant } = principal;
    if (confirm.trim().toLowerCase() !== user.email.toLowerCase()) {
      const message = 'Type your e-mail address to confirm.';
      throw new ApiError('invalid-input', message, { errors: [{ pointer: '/confirm', message }] });
    }
    await refuseOwners(user.id);
    if (when === 'now' && (await ownsAny(user.id))) {
      throw new ApiError(
        'conflict',
        'An owner’s account is deleted after 30 days: the other owners may still need you.',
        {
          reason: 'owner-needs-grace',
        },
      );
    }
    const dueAt = new Date(now().getTime() + (when === 'now' ? 0 : timing.graceMs));
    const id = await db.asPlatform(async (models) => {
      const request = await ask(
        models,
        sealer,
        {
          tenantId: tenant.id,
          kind: 'erasure',
          scope: 'account',
          person: personOf(principal),
          requestedBy: user.id,
          ...(when === 'now' ? {} : { dueAt }),
        },
        traceOf(context),
      );
      const account = await models.User.findByPk(user.id);
      if (when === 'after-grace' && account) {
        await queueMail(models, {
          template: 'account-deletion-planned',
          to: { email: account.email, name: account.name },
          locale: account.locale,
          tenantId: null,
          values: { on: dayOf(dueAt, account.locale), link: `${mailer.publicOrigin()}/account/privacy` },
        });
      }
      return request.id;
    });
    mailer.wake();
    wake();
    return { id, dueAt: dueAt.toISOString() };
  }

  return [
    defineRoute({
      method: 'GET',
      path: '/api/account/privacy',
      operationId: 'getOwnPrivacy',
      summary: 'What you asked about your own data, and what bars the deletion of your account',
      tag: TAG,
      access: 'person',
      input: pageInput(),
      output: {
        ...pageOutput(REQUEST),
        properties: {
          ...(pageOutput(REQUEST).properties as object),
          onlyOwnerOf: { type: 'array', items: WORKSPACE },
          mayDeleteNow: { type: 'boolean' },
        },
      },
      handler: async (context, page: PageInput) => {
        const { user } = signedIn(context);
        const [requests, alone, owns] = await Promise.all([
          listRequests(db, sealer, null, { ...page, own: user.id }, now()),
          ownedAlone(db.platform, user.id, null),
          ownsAny(user.id),
        ]);
        return { ...requests, onlyOwnerOf: alone.map(({ slug, name }) => ({ slug, name })), mayDeleteNow: !owns };
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/account/privacy/exports',
      operationId: 'exportOwnData',
      summary: 'Have all data about you collected; an e-mail tells when it can be downloaded',
      tag: TAG,
      access: 'person',
      sudo: true,
      status: 202,
      input: NO_INPUT,
      output: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
      handler: async (context) => {
        const principal = signedIn(context);
        const { tenant, user } = principal;
        const request = await db.asPlatform((models) =>
          ask(
            models,
            sealer,
            {
              tenantId: tenant.id,
              kind: 'export',
              scope: 'account',
              person: personOf(principal),
              requestedBy: user.id,
            },
            traceOf(context),
          ),
        );
        wake();
        return { id: request.id };
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/account/privacy/deletion',
      operationId: 'deleteOwnAccount',
      summary: 'Delete your account, in 30 days or at once',
      tag: TAG,
      access: 'person',
      sudo: true,
      status: 202,
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['confirm'],
        properties: {
          when: { enum: ['now', 'after-grace'], default: 'after-grace' },
          confirm: { type: 'string', maxLength: 254, description: 'Your e-mail address.' },
        },
      },
      output: {
        type: 'object',
        required: ['id', 'dueAt'],
        properties: { id: { type: 'string' }, dueAt: { type: 'string', format: 'date-time' } },
      },
      handler: requestDeletion,
    }),
    defineRoute({
      method: 'DELETE',
      path: '/api/account/privacy/deletion',
      operationId: 'keepOwnAccount',
      summary: 'Keep your account after all',
      tag: TAG,
      access: 'person',
      input: NO_INPUT,
      output: { type: 'object', required: ['kept'], properties: { kept: { const: true } } },
      handler: async (context) => {
        const where = { subjectUser: signedIn(context).user.id, kind: 'erasure', scope: 'account' } as const;
        if (!(await db.asPlatform((models) => withdraw(models, where, traceOf(context), now())))) {
          throw new ApiError('not-found', 'Your account is not about to be deleted.');
        }
        return { kept: true };
      },
    }),
  ];
}
