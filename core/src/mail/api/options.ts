import type { Database } from '../../data/index.ts';
import type { MailTransport } from '../transport/index.ts';
import type { Mailer } from '../types.ts';

export interface MailApi {
  db: Pick<Database, 'asPlatform' | 'platform'>;
  transport: Pick<MailTransport, 'kind' | 'destination'>;
  /** Anyone may read captured e-mails. */
  demo: boolean;
  mailer: Mailer;
  now(): Date;
}

export const TAG = 'Mail';

export const ADDRESS_INPUT = {
  type: 'string',
  minLength: 1,
  maxLength: 254,
  description: 'Part of the receiver’s address.',
};

export const RECEIVER = {
  type: 'object',
  required: ['address', 'name'],
  properties: { address: { type: 'string' }, name: { type: ['string', 'null'] } },
};
