import type { Operation } from '../../operator/answers.ts';
import { followed } from '../../operator/follow.ts';
import { operatorCommand } from '../../operator/operator-command.ts';
import { servesNow } from '../../operator/outcomes.ts';
import { withPackageFile } from '../../operator/package-file.ts';
import { CHOICE_DETAILS, CHOICE_OPTIONS, CHOICE_SYNOPSIS, choicesOf, withConsent } from './package-choices.ts';

/** `bazaar plugin install` */
export const pluginInstall = operatorCommand({
  name: 'plugin install',
  summary: 'Install a plugin into the running platform. Exit code 0 only when it serves.',
  synopsis: `<folder or .tgz> ${CHOICE_SYNOPSIS}`,
  details: CHOICE_DETAILS,
  options: CHOICE_OPTIONS,
  arguments: [1, 1],
  async run(session) {
    const { client, output, values, positionals } = session;
    const choices = choicesOf(values);
    return withPackageFile(positionals[0] ?? '', async ({ archive, package: { manifest } }) => {
      const { id, version } = manifest;
      const operation = await withConsent(session, choices, (query) =>
        followed(client, id, output, () => client.call<Operation>('POST', '/plugins', { query, archive })),
      );
      return servesNow(session, operation, `${id} ${version} is installed and serves.`);
    });
  },
});
