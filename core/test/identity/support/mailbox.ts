import type { TestDatabase } from '../../support/test-database.ts';

interface Letter {
  template: string;
  to: string;
  subject: string;
  text: string;
  /** Secret of the link in it; empty when there is none. */
  token: string;
}

/** Letters that were written to an address, newest first. */
export async function lettersTo({ database }: TestDatabase, email: string): Promise<Letter[]> {
  const mails = await database.asPlatform((models) =>
    models.Mail.findAll({ where: { toAddress: email }, order: [['createdAt', 'desc']] }),
  );
  return mails.map(({ template, toAddress, letter }) => {
    const { subject, text } = JSON.parse(letter ?? '{}') as { subject: string; text: string };
    return { template, to: toAddress, subject, text, token: /#token=([\w-]+)/.exec(text)?.[1] ?? '' };
  });
}

/** The newest letter of a kind to an address; waits for it. */
export async function letter(test: TestDatabase, template: string, email: string, after?: string): Promise<Letter> {
  const end = Date.now() + 10_000;
  for (;;) {
    const found = (await lettersTo(test, email)).find((one) => one.template === template && one.token !== after);
    if (found) return found;
    if (Date.now() > end) throw new Error(`no letter ${template} to ${email}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
