import { operatorCommand } from '../../operator/operator-command.ts';

/** `bazaar account operator` */
export const accountOperator = operatorCommand({
  name: 'account operator',
  summary: 'Make somebody with an account an operator of the platform, or no longer one.',
  synopsis: '<e-mail address> [--revoke]',
  details: ['--revoke               they operate no longer; whomever they act as, they stop at once'],
  options: { revoke: { type: 'boolean' } },
  arguments: [1, 1],
  async run({ client, positionals: [email = ''], values, show }) {
    const operator = values.revoke !== true;
    const answer = await client.call<{ changed: boolean }>('POST', '/accounts/operator', { body: { email, operator } });
    const now = operator ? 'an operator of the platform' : 'no operator of the platform';
    show(answer, [answer.changed ? `${email} is ${now} now.` : `${email} is ${now} already.`]);
    return 0;
  },
});
