import { traceOf } from '../../audit/index.ts';
import { ApiError } from '../../errors/index.ts';
import { queueMail } from '../../mail/index.ts';
import { defineRoute, type Route, type RouteContext, signedIn } from '../../routes/index.ts';
import { ask, withdraw } from '../requests/index.ts';
import { dayOf } from '../work/index.ts';
import { blastRadius } from '../workspace/blast-radius.ts';
import type { PrivacyApi } from './options.ts';
import { NO_INPUT, TAG } from './schemas.ts';

const PLANNED = {
  type: ['object', 'null'],
  required: ['dueAt', 'requestedBy'],
  properties: { dueAt: { type: 'string', format: 'date-time' }, requestedBy: { type: ['string', 'null'] } },
};

/** What owners do with the workspace as a whole. */
export function workspaceRoutes({ db, sealer, mailer, renewals, now, timing }: PrivacyApi): Route[] {
  async function requireOwner(context: RouteContext): Promise<ReturnType<typeof signedIn>> {
    const principal = signedIn(context);
    const { rows } = await db.platform.query(
      `select 1 from core.membership_roles where tenant_id = $1 and user_id = $2 and role = 'owner'`,
      [principal.tenant.id, principal.user.id],
    );
    if (rows.length === 0) {
      throw new ApiError('forbidden', 'Only an owner may delete the workspace.', { reason: 'owner' });
    }
    return principal;
  }

  async function planned(tenantId: string) {
    const { rows } = await db.platform.query<{ dueAt: Date; requestedBy: string | null }>(
      `select r.due_at as "dueAt", u.name as "requestedBy" from core.privacy_requests r
         left join core.users u on u.id = r.requested_by
        where r.tenant_id = $1 and r.kind = 'tenant-deletion' and r.state = 'scheduled'`,
      [tenantId],
    );
    const [found] = rows;
    return found ? { ...found, dueAt: found.dueAt.toISOString() } : null;
  }

  return [
    defineRoute({
      method: 'GET',
      path: '/api/tenant/deletion',
      operationId: 'getTenantDeletion',
      summary: 'What would go with this workspace, and whether it is about to be deleted',
      tag: TAG,
      access: 'person',
      output: {
        type: 'object',
        required: ['planned', 'impact', 'name'],
        properties: { planned: PLANNED, name: { type: 'string' }, impact: { type: 'object' } },
      },
      handler: async (context) => {
        const { tenant } = await requireOwner(context);
        return { name: tenant.name, planned: await planned(tenant.id), impact: await blastRadius(db, tenant.id) };
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/tenant/deletion',
      operationId: 'deleteTenant',
      summary: 'Delete this workspace in 30 days',
      tag: TAG,
      access: 'person',
      sudo: true,
      status: 202,
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['confirm'],
        properties: { confirm: { type: 'string', maxLength: 200, description: 'The name of the workspace.' } },
      },
      output: { type: 'object', required: ['dueAt'], properties: { dueAt: { type: 'string', format: 'date-time' } } },
      handler: async (context, { confirm }: { confirm: string }) => {
        const { tenant, user } = await requireOwner(context);
        if (confirm.trim() !== tenant.name) {
          const message = 'Type the name of the workspace to confirm.';
          throw new ApiError('invalid-input', message, { errors: [{ pointer: '/confirm', message }] });
        }
        const dueAt = new Date(now().getTime() + timing.graceMs);
        const owners = await db.platform.query<{ email: string; name: string; locale: 'en' | 'de' }>(
          `select u.email, u.name, u.locale from core.membership_roles r join core.users u on u.id = r.user_id
            where r.tenant_id = $1 and r.role = 'owner'`,
          [tenant.id],
        );
        await db.asPlatform(async (models) => {
          await ask(
            models,
            sealer,
            {
              tenantId: tenant.id,
              kind: 'tenant-deletion',
              scope: 'tenant',
              person: null,
              requestedBy: user.id,
              dueAt,
            },
            traceOf(context),
          );
          for (const { email, name, locale } of owners.rows) {
            await queueMail(models, {
              template: 'workspace-deletion-planned',
              to: { email, name },
              locale,
              tenantId: tenant.id,
              values: {
                workspace: tenant.name,
                by: user.name,
                on: dayOf(dueAt, locale),
                link: `${mailer.publicOrigin()}/admin/privacy`,
              },
            });
          }
        });
        mailer.wake();
        await renewals.settle(tenant.id);
        return { dueAt: dueAt.toISOString() };
      },
    }),
    defineRoute({
      method: 'DELETE',
      path: '/api/tenant/deletion',
      operationId: 'keepTenant',
      summary: 'Keep this workspace after all',
      tag: TAG,
      access: 'person',
      input: NO_INPUT,
      output: { type: 'object', required: ['kept'], properties: { kept: { const: true } } },
      handler: async (context) => {
        const { tenant } = await requireOwner(context);
        const where = { tenantId: tenant.id, kind: 'tenant-deletion' } as const;
        if (!(await db.asPlatform((models) => withdraw(models, where, traceOf(context), now())))) {
          throw new ApiError('not-found', 'This workspace is not about to be deleted.');
        }
        await renewals.settle(tenant.id);
        return { kept: true };
      },
    }),
  ];
}
