import { recordAudit, traceOf } from '../../audit/index.ts';
import { ApiError } from '../../errors/index.ts';
import { pageInput, pageOutput } from '../../paging/index.ts';
import { defineRoute, PLATFORM_TENANT, type Route, signedIn, UUID_INPUT } from '../../routes/index.ts';
import { queueMail } from '../queue-mail.ts';
import { findMail, type LogFilter, listMails } from './log.ts';
import { ADDRESS_INPUT, type MailApi, RECEIVER, TAG } from './options.ts';

const MOMENT = { type: ['string', 'null'], format: 'date-time' };

const ATTEMPT = {
  type: 'object',
  required: ['attempt', 'startedAt', 'finishedAt', 'outcome', 'detail'],
  properties: {
    attempt: { type: 'integer' },
    startedAt: { type: 'string', format: 'date-time' },
    finishedAt: MOMENT,
    outcome: { enum: ['accepted', 'captured', 'deferred', 'refused', 'unreachable', null] },
    detail: { type: ['string', 'null'], description: 'What the mail server said.' },
  },
};

const ITEM = {
  type: 'object',
  required: ['id', 'tenant', 'template', 'to', 'state', 'attempts', 'createdAt', 'dueAt', 'settledAt', 'last'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    tenant: {
      type: ['object', 'null'],
      properties: { id: { type: 'string' }, slug: { type: 'string' }, name: { type: 'string' } },
    },
    template: { type: 'string' },
    locale: { type: 'string' },
    to: RECEIVER,
    state: { enum: ['queued', 'sent', 'captured', 'failed'] },
    attempts: { type: 'integer' },
    createdAt: { type: 'string', format: 'date-time' },
    dueAt: MOMENT,
    settledAt: MOMENT,
    resendable: { type: 'boolean' },
    last: { ...ATTEMPT, type: ['object', 'null'] },
  },
};

const DETAIL = {
  ...ITEM,
  required: [...ITEM.required, 'deliveries'],
  properties: { ...ITEM.properties, deliveries: { type: 'array', items: ATTEMPT } },
};

const ID_INPUT = { type: 'object', additionalProperties: false, required: ['id'], properties: { id: UUID_INPUT } };
const NO_INPUT = { type: 'object', additionalProperties: false, properties: {} };
const QUEUED = { type: 'object', required: ['state'], properties: { state: { const: 'queued' } } };

/** What was sent to whom, for operators; what e-mails say is not in it. */
export function logRoutes({ db, transport, mailer, now }: MailApi): Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/api/platform/mail',
      operationId: 'listMail',
      summary: 'E-mails of all tenants, newest first, with the outcome of the last attempt',
      tag: TAG,
      access: 'operator',
      input: pageInput({
        state: { enum: ['queued', 'sent', 'captured', 'failed'] },
        address: ADDRESS_INPUT,
        template: { type: 'string', maxLength: 60, description: 'The kind of e-mail, e.g. `invitation`.' },
      }),
      output: pageOutput(ITEM),
      handler: (_context, filter: LogFilter) => listMails(db, filter),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/platform/mail/transport',
      operationId: 'getMailTransport',
      summary: 'How e-mails are sent',
      tag: TAG,
      access: 'operator',
      input: NO_INPUT,
      output: {
        type: 'object',
        required: ['kind', 'destination'],
        properties: { kind: { enum: ['smtp', 'captured'] }, destination: { type: 'string' } },
      },
      handler: async () => ({ kind: transport.kind, destination: transport.destination }),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/platform/mail/{id}',
      operationId: 'getMail',
      summary: 'An e-mail and every attempt to deliver it',
      tag: TAG,
      access: 'operator',
      input: ID_INPUT,
      output: DETAIL,
      handler: async (_context, { id }: { id: string }) => {
        const mail = await findMail(db, id);
        if (!mail) throw new ApiError('not-found', 'There is no such e-mail.');
        return mail;
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/platform/mail/{id}/resend',
      operationId: 'resendMail',
      summary: 'Try an e-mail again that was given up or captured, or that waits',
      tag: TAG,
      access: 'operator',
      status: 202,
      input: ID_INPUT,
      output: QUEUED,
      handler: async (context, { id }: { id: string }) => {
        await db.asPlatform(async (models) => {
          const mail = await models.Mail.findOne({ where: { id }, lock: true });
          if (!mail) throw new ApiError('not-found', 'There is no such e-mail.');
          if (mail.letter === null) {
            throw new ApiError('conflict', 'The content of this e-mail has been deleted.', { reason: 'forgotten' });
          }
          // Of one that is under way the end is awaited: it would be sent twice.
          if (mail.state === 'queued') {
            const attempt = await underWay(db, id);
            if (attempt) throw new ApiError('conflict', 'It is being delivered just now.', { reason: 'under-way' });
          }
          await mail.update({ state: 'queued', dueAt: now(), settledAt: null });
          await recordAudit(models, traceOf(context), {
            tenantId: mail.tenantId,
            action: 'mail.resent',
            entityId: id,
            detail: { template: mail.template },
          });
        });
        mailer.wake();
        return { state: 'queued' };
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/platform/mail/test',
      operationId: 'sendTestMail',
      summary: 'Send yourself an e-mail, to see whether e-mails arrive',
      tag: TAG,
      access: 'operator',
      status: 202,
      input: NO_INPUT,
      output: QUEUED,
      handler: async (context) => {
        const { user } = signedIn(context);
        await db.asPlatform(async (models) => {
          await queueMail(models, {
            template: 'test',
            to: { email: user.email, name: user.name },
            locale: 'en',
            tenantId: null,
            values: { platform: mailer.publicOrigin(), sentBy: user.name },
          });
          await recordAudit(models, traceOf(context), { tenantId: PLATFORM_TENANT.id, action: 'mail.tested' });
        });
        mailer.wake();
        return { state: 'queued' };
      },
    }),
  ];
}

async function underWay({ platform }: Pick<MailApi['db'], 'platform'>, id: string): Promise<boolean> {
  const { rows } = await platform.query(
    `select 1 from core.mails m join core.mail_deliveries d on d.tenant_id = m.tenant_id and d.mail_id = m.id
       and d.attempt = m.attempts
      where m.id = $1 and d.finished_at is null and m.due_at > now()`,
    [id],
  );
  return rows.length > 0;
}
