export { isMailAddress } from './address.ts';
export { createMail, type MailService } from './create-mail.ts';
export type { MailLocale } from './locale.ts';
export { queueMail } from './queue-mail.ts';
export type { MailValues } from './templates/index.ts';
export { moneyText } from './templates/money.ts';
export type { Mailer, MailModels, MailRequest } from './types.ts';
