import { traceOf } from '../../audit/index.ts';
import { ApiError } from '../../errors/index.ts';
import { type PageInput, pageInput, pageOutput } from '../../paging/index.ts';
import { defineRoute, type Route, type RouteContext, signedIn } from '../../routes/index.ts';
import { ask, findRequest, listRequests } from '../requests/index.ts';
import type { Person } from '../types.ts';
import { ownedAlone } from '../work/index.ts';
import type { PrivacyApi } from './options.ts';
import { EMAIL_INPUT, ID_INPUT, REQUEST, TAG } from './schemas.ts';

const ACCESS = { permission: 'core:privacy.manage' } as const;
const ASKED = { type: 'object', required: ['id'], properties: { id: { type: 'string', format: 'uuid' } } };

/** What administrators do with the data of people their workspace knows, members or not. */
export function peopleRoutes(api: PrivacyApi): Route[] {
  const { db, sealer, people, now, wake } = api;

  /** As the tenant knows them: an account counts only when it is a member's. */
  async function personOf(tenantId: string, address: string): Promise<Person & { isOwner: boolean }> {
    const email = address.trim().normalize('NFC').toLowerCase();
    const { rows } = await db.platform.query<{ id: string; isOwner: boolean }>(
      `select u.id, exists (select from core.membership_roles r where r.tenant_id = $1 and r.user_id = u.id
           and r.role = 'owner') as "isOwner"
         from core.users u join core.memberships m on m.user_id = u.id and m.tenant_id = $1
        where lower(u.email) = $2`,
      [tenantId, email],
    );
    return { email, userId: rows[0]?.id ?? null, isOwner: rows[0]?.isOwner ?? false };
  }

  async function requestErasure(context: RouteContext, input: { email: string; confirm: string }) {
    const { tenant, user } = signedIn(context);
    const { isOwner, ...person } = await personOf(tenant.id, input.email);
    if (input.confirm.trim().toLowerCase() !== person.email) {
      const message = 'Type the e-mail address once more to confirm.';
      throw new ApiError('invalid-input', message, { errors: [{ pointer: '/confirm', message }] });
    }
    if (person.userId === user.id) {
      throw new ApiError('conflict', 'Delete your own account under your name.', {
        reason: 'own-account',
        action: { label: 'Open your privacy page', href: '/account/privacy' },
      });
    }
    if (isOwner) {
      const asker = await personOf(tenant.id, user.email);
      if (!asker.isOwner) throw new ApiError('forbidden', 'Only an owner may do this to owners.', { reason: 'owner' });
      if (person.userId !== null && (await ownedAlone(db.platform, person.userId, tenant.id)).length > 0) {
        throw new ApiError('conflict', 'A workspace needs an owner. Make somebody else one first.', {
          reason: 'last-owner',
        });
      }
    }
    const request = await db.asPlatform((models) =>
      ask(
        models,
        sealer,
        { tenantId: tenant.id, kind: 'erasure', scope: 'tenant', person, requestedBy: user.id },
        traceOf(context),
      ),
    );
    wake();
    return { id: request.id };
  }

  return [
    defineRoute({
      method: 'GET',
      path: '/api/privacy/requests',
      operationId: 'listPrivacyRequests',
      summary: 'Exports and erasures of people, newest first',
      tag: TAG,
      access: ACCESS,
      input: pageInput(),
      output: pageOutput(REQUEST),
      handler: (context, page: PageInput) => listRequests(db, sealer, signedIn(context).tenant.id, page, now()),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/privacy/requests/{id}',
      operationId: 'getPrivacyRequest',
      summary: 'How far an export or erasure has come',
      tag: TAG,
      access: ACCESS,
      input: ID_INPUT,
      output: REQUEST,
      handler: async (context, { id }: { id: string }) => {
        const request = await findRequest(db, sealer, signedIn(context).tenant.id, id, now());
        if (request?.scope !== 'tenant') throw new ApiError('not-found', 'There is no such request.');
        return request;
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/privacy/preview',
      operationId: 'previewPerson',
      summary: 'What plugins know of a person, counted',
      tag: TAG,
      access: ACCESS,
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['email'],
        properties: { email: EMAIL_INPUT },
      },
      output: {
        type: 'object',
        required: ['member', 'parts'],
        properties: {
          member: { type: 'boolean' },
          parts: {
            type: 'array',
            items: {
              type: 'object',
              required: ['part', 'title', 'state', 'collections', 'files'],
              properties: {
                part: { type: 'string' },
                title: { type: 'string' },
                state: { enum: ['ready', 'waiting', 'undeclared'] },
                files: { type: 'integer' },
                collections: { type: 'array', items: { type: 'object' } },
              },
            },
          },
        },
      },
      handler: async (context, { email }: { email: string }) => {
        const { tenant } = signedIn(context);
        const { isOwner: _, ...person } = await personOf(tenant.id, email);
        const found = await people.export({ workspace: tenant, person, files: [], requestId: context.requestId });
        const parts = found.keeping.map(({ id: part, name: title, state }) => {
          const { collections = [], files = [] } = found.parts.get(part) ?? {};
          return {
            part,
            title,
            state,
            files: files.length,
            collections: collections.map((one) => ({ title: one.title, count: one.count })),
          };
        });
        return { member: person.userId !== null, parts };
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/privacy/exports',
      operationId: 'exportPerson',
      summary: 'Have all data of this workspace about a person collected; an e-mail tells when it can be downloaded',
      tag: TAG,
      access: ACCESS,
      sudo: true,
      status: 202,
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['email'],
        properties: { email: EMAIL_INPUT },
      },
      output: ASKED,
      handler: async (context, { email }: { email: string }) => {
        const { tenant, user } = signedIn(context);
        const { isOwner: _, ...person } = await personOf(tenant.id, email);
        const request = await db.asPlatform((models) =>
          ask(
            models,
            sealer,
            { tenantId: tenant.id, kind: 'export', scope: 'tenant', person, requestedBy: user.id },
            traceOf(context),
          ),
        );
        wake();
        return { id: request.id };
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/privacy/erasures',
      operationId: 'erasePerson',
      summary: 'Forget a person in this workspace and all of its plugins',
      tag: TAG,
      access: ACCESS,
      sudo: true,
      status: 202,
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['email', 'confirm'],
        properties: { email: EMAIL_INPUT, confirm: { type: 'string', maxLength: 254 } },
      },
      output: ASKED,
      handler: requestErasure,
    }),
  ];
}
