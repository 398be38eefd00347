import { randomUUID } from 'node:crypto';
import { PLATFORM_TENANT } from '../routes/index.ts';
import { isMailAddress } from './address.ts';
import { renderLetter, withoutControls } from './layout/index.ts';
import type { MailTemplate } from './template.ts';
import { type MailTemplateName, type MailValues, TEMPLATES } from './templates/index.ts';
import type { MailModels, MailRequest } from './types.ts';

const templates: { [Name in MailTemplateName]: MailTemplate<string, MailValues[Name]> } = TEMPLATES;

/**
 * Writes an e-mail in the caller's transaction: it is sent if that commits, and never otherwise. `models` are those of
 * the tenant the e-mail names, or of the platform. Throws when the address can not be one.
 */
export async function queueMail<Name extends MailTemplateName>(
  models: MailModels,
  request: MailRequest<Name>,
): Promise<void> {
  const { to, locale, values } = request;
  if (!isMailAddress(to.email)) throw new Error('not an address that mail can be sent to');
  const template = templates[request.template];
  const letter = renderLetter(template[locale](values), locale);
  await models.Mail.bulkCreate(
    [
      {
        tenantId: request.tenantId ?? PLATFORM_TENANT.id,
        id: randomUUID(),
        template: template.name,
        locale,
        toAddress: to.email,
        toName: to.name === undefined ? null : withoutControls(to.name),
        key: request.key ?? null,
        letter: JSON.stringify(letter),
      },
    ],
    // A tenant may not read what it has written, not even to see that the key was taken.
    { ignoreDuplicates: true, returning: false },
  );
}
