import { UsageError } from '../../command.ts';
import { operatorCommand } from '../../operator/operator-command.ts';

/** `bazaar account unlock` */
export const accountUnlock = operatorCommand({
  name: 'account unlock',
  summary: 'Let somebody try to sign in again who was locked out after too many wrong passwords.',
  synopsis: '[<e-mail address>] [--ip <address>]',
  details: ['--ip <address>         an address from which too many sign-ins failed'],
  options: { ip: { type: 'string' } },
  arguments: [0, 1],
  async run({ client, positionals: [email], values: { ip }, show }) {
    if (email === undefined && ip === undefined) throw new UsageError('Give an e-mail address or --ip.');
    const body = { ...(email === undefined ? {} : { email }), ...(ip === undefined ? {} : { ip }) };
    const answer = await client.call<{ wasLocked: boolean }>('POST', '/accounts/unlock', { body });
    show(answer, [answer.wasLocked ? 'The failed sign-ins are forgotten.' : 'There were no failed sign-ins.']);
    return 0;
  },
});
