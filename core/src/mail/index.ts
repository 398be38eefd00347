export { isMailAddress } from './address.ts';
export { createMail, type Post } from './create-mail.ts';
export { queueMail } from './queue-mail.ts';
export type { Mailer, MailLocale, MailModels, MailRequest } from './types.ts';
