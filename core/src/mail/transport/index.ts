export { captureMails } from './captured.ts';
export { sendBySmtp } from './smtp.ts';
export { readSender, readSmtpUrl } from './smtp-address.ts';
export type { DeliveryOutcome, MailTransport, OutgoingMail } from './types.ts';
