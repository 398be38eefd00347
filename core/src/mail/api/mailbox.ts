import type { Database, Mail } from '../../data/index.ts';
import {
  conditions,
  type Keyset,
  likeContaining,
  microsOf,
  type Page,
  type PageInput,
  pageOf,
  readCursor,
  timeOf,
} from '../../paging/index.ts';
import type { Letter } from '../layout/index.ts';

export interface MailboxFilter extends PageInput {
  address?: string;
}

export interface MailboxItem {
  id: string;
  to: { address: string; name: string | null };
  subject: string;
  template: string;
  locale: 'en' | 'de';
  createdAt: string;
}

type Access = Pick<Database, 'asPlatform' | 'platform'>;

const KEYSET: Keyset = { name: 'mailbox', parts: ['micros', 'uuid'] };

function opened(mail: Mail): Letter | null {
  return mail.letter === null ? null : (JSON.parse(mail.letter) as Letter);
}

function itemOf(mail: Mail, subject: string): MailboxItem {
  return {
    id: mail.id,
    to: { address: mail.toAddress, name: mail.toName },
    subject,
    template: mail.template,
    locale: mail.locale,
    createdAt: mail.createdAt.toISOString(),
  };
}

export async function readMailbox(db: Access, { address, cursor, limit }: MailboxFilter): Promise<Page<MailboxItem>> {
  const [micros, id] = readCursor(KEYSET, cursor);
  const found = conditions()
    .add('state = ?', 'captured')
    .add('to_address ilike ?', likeContaining(address))
    .add(`(created_at, id) < (${timeOf('?')}, ?::uuid)`, micros, id);
  const { rows } = await db.platform.query<{ id: string; micros: number }>(
    `select id, ${microsOf('created_at')} as micros from core.mails ${found.where()}
      order by created_at desc, id desc limit ${found.parameter(limit + 1)}`,
    found.values,
  );
  const mails = await db.asPlatform((models) => models.Mail.findAll({ where: { id: rows.map((row) => row.id) } }));
  const byId = new Map(mails.map((mail) => [mail.id, mail]));
  // Between the two queries the sweep may have taken one.
  const known = rows.flatMap((row) => {
    const mail = byId.get(row.id);
    return mail ? [{ ...row, mail }] : [];
  });
  return pageOf(
    known,
    limit,
    KEYSET,
    (row) => [row.micros, row.id],
    ({ mail }) => itemOf(mail, opened(mail)?.subject ?? ''),
  );
}

export async function openMail(db: Access, id: string): Promise<(MailboxItem & Omit<Letter, 'subject'>) | null> {
  const mail = await db.asPlatform((models) => models.Mail.findOne({ where: { id, state: 'captured' } }));
  const letter = mail && opened(mail);
  return letter ? { ...itemOf(mail, letter.subject), text: letter.text, html: letter.html } : null;
}
