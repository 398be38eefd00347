import { YES_DETAIL, YES_OPTION } from '../../operator/destructive.ts';
import { operatorCommand } from '../../operator/operator-command.ts';

interface Answer {
  authenticatorApp: boolean;
  passkeys: number;
  recoveryCodes: number;
  sessions: number;
}

/** `bazaar account reset-second-factor` */
export const accountResetSecondFactor = operatorCommand({
  name: 'account reset-second-factor',
  summary:
    'Take away the authenticator app, passkeys and recovery codes of somebody who has lost them. Make sure who asks: ' +
    'the password alone opens the account then. They are signed out everywhere, and told by mail.',
  synopsis: '<e-mail address> [--yes]',
  details: [YES_DETAIL],
  options: YES_OPTION,
  arguments: [1, 1],
  async run({ client, output, positionals: [email = ''], values, show }) {
    if (values.yes !== true && !(await output.confirm?.(`Really take away all second factors of ${email}?`))) {
      output.err('Nothing was changed. Confirm with --yes.');
      return 1;
    }
    const answer = await client.call<Answer>('POST', '/accounts/reset-second-factor', { body: { email } });
    const { authenticatorApp, passkeys, sessions } = answer;
    show(answer, [
      `Taken away: ${authenticatorApp ? 'the authenticator app, ' : ''}${passkeys} passkeys. ${sessions} sessions ended.`,
    ]);
    return 0;
  },
});
