import { ApiError } from '../../errors/index.ts';
import { pageInput, pageOutput } from '../../paging/index.ts';
import { defineRoute, type Route, type RouteContext, UUID_INPUT } from '../../routes/index.ts';
import { type MailboxFilter, openMail, readMailbox } from './mailbox.ts';
import { ADDRESS_INPUT, type MailApi, RECEIVER, TAG } from './options.ts';

const ITEM = {
  type: 'object',
  required: ['id', 'to', 'subject', 'template', 'locale', 'createdAt'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    to: RECEIVER,
    subject: { type: 'string' },
    template: { type: 'string' },
    locale: { enum: ['en', 'de'] },
    createdAt: { type: 'string', format: 'date-time' },
  },
};

const OPENED = {
  ...ITEM,
  required: [...ITEM.required, 'text', 'html'],
  properties: { ...ITEM.properties, text: { type: 'string' }, html: { type: 'string' } },
};

/** What was captured instead of sent. */
export function mailboxRoutes({ db, transport, demo }: MailApi): Route[] {
  function mayRead({ principal }: RouteContext): void {
    if (transport.kind !== 'captured') {
      throw new ApiError('not-found', 'Mail is sent by a mail server; nothing is captured here.');
    }
    if (demo || principal?.user.isOperator) return;
    if (!principal) throw new ApiError('unauthenticated', 'Sign in as an operator to read captured mail.');
    throw new ApiError('forbidden', 'Only operators of the platform read captured mail.');
  }
  return [
    defineRoute({
      method: 'GET',
      path: '/api/mailbox',
      operationId: 'listMailbox',
      summary: 'Captured e-mails, newest first; while no mail server is configured',
      tag: TAG,
      access: 'public',
      input: pageInput({ address: ADDRESS_INPUT }),
      output: pageOutput(ITEM),
      handler: async (context, filter: MailboxFilter) => {
        mayRead(context);
        return readMailbox(db, filter);
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/api/mailbox/{id}',
      operationId: 'openMail',
      summary: 'A captured e-mail with both of its bodies',
      tag: TAG,
      access: 'public',
      input: { type: 'object', additionalProperties: false, required: ['id'], properties: { id: UUID_INPUT } },
      output: OPENED,
      handler: async (context, { id }: { id: string }) => {
        mayRead(context);
        const mail = await openMail(db, id);
        if (!mail) throw new ApiError('not-found', 'There is no such e-mail.');
        return mail;
      },
    }),
  ];
}
