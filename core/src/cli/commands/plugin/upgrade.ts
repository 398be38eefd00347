import type { Operation } from '../../operator/answers.ts';
import { followed } from '../../operator/follow.ts';
import { operatorCommand } from '../../operator/operator-command.ts';
import { servesNow } from '../../operator/outcomes.ts';
import { withPackageFile } from '../../operator/package-file.ts';
import { CHOICE_DETAILS, CHOICE_OPTIONS, CHOICE_SYNOPSIS, choicesOf, withConsent } from './package-choices.ts';

/** `bazaar plugin upgrade` */
export const pluginUpgrade = operatorCommand({
  name: 'plugin upgrade',
  summary: 'Put a newer version in the place of the one that serves, while it serves.',
  synopsis: `<folder or .tgz> ${CHOICE_SYNOPSIS} [--drain]`,
  details: [
    ...CHOICE_DETAILS,
    '--drain                switch even where the old version cannot live with the new tables: callers wait a moment',
  ],
  options: { ...CHOICE_OPTIONS, drain: { type: 'boolean' } },
  arguments: [1, 1],
  async run(session) {
    const { client, output, values, positionals } = session;
    const choices = { ...choicesOf(values), drain: values.drain === true };
    return withPackageFile(positionals[0] ?? '', async ({ archive, package: { manifest } }) => {
      const { id, version } = manifest;
      const operation = await withConsent(session, choices, (query) =>
        followed(client, id, output, () =>
          client.call<Operation>('POST', `/plugins/${id}/upgrade`, { query, archive }),
        ),
      );
      return servesNow(session, operation, `${id} is upgraded: ${version} serves.`);
    });
  },
});
