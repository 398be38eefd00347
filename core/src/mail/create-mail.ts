import type { Mailer } from './types.ts';

export interface MailOptions {
  publicOrigin(): string;
}

/** The post of the platform. */
export interface Post {
  mailer: Mailer;
}

export function createMail({ publicOrigin }: MailOptions): Post {
  return { mailer: { wake: () => undefined, publicOrigin } };
}
