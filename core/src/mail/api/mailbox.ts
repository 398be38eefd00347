import type { Database, Mail } from '../../data/index.ts';
import { conditions, likeContaining, newestFirst, type Page, type PageInput } from '../../paging/index.ts';
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

const NEWEST_FIRST = newestFirst('mailbox', 'created_at', 'id');

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
  const wanted = conditions().add('state = ?', 'captured').add('to_address ilike ?', likeContaining(address));
  const found = NEWEST_FIRST.from(wanted, cursor);
  const { rows } = await db.platform.query<{ id: string; sortKey: number }>(
    `select id, ${NEWEST_FIRST.column} from core.mails ${found.where()} ${NEWEST_FIRST.end(found, limit)}`,
    found.values,
  );
  const mails = await db.asPlatform((models) => models.Mail.findAll({ where: { id: rows.map((row) => row.id) } }));
  const byId = new Map(mails.map((mail) => [mail.id, mail]));
  // Between the two queries the sweep may have taken one.
  const known = rows.flatMap((row) => {
    const mail = byId.get(row.id);
    return mail ? [{ ...row, mail }] : [];
  });
  return NEWEST_FIRST.page(known, limit, ({ mail }) => itemOf(mail, opened(mail)?.subject ?? ''));
}

export async function openMail(db: Access, id: string): Promise<(MailboxItem & Omit<Letter, 'subject'>) | null> {
  const mail = await db.asPlatform((models) => models.Mail.findOne({ where: { id, state: 'captured' } }));
  const letter = mail && opened(mail);
  return letter ? { ...itemOf(mail, letter.subject), text: letter.text, html: letter.html } : null;
}
