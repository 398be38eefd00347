import { UsageError } from '../../command.ts';
import { operatorCommand } from '../../operator/operator-command.ts';

interface Outcome {
  redelivered: number;
  remaining: number;
}

/** `bazaar delivery retry` */
export const deliveryRetry = operatorCommand({
  name: 'delivery retry',
  summary: 'Try again to deliver what was given up.',
  synopsis: '<plugin> [--tenant <slug>] [--id <number>]',
  details: [
    '--tenant <slug>        only of this tenant',
    '--id <number>          only this delivery, as `delivery list` names it',
  ],
  options: { tenant: { type: 'string' }, id: { type: 'string' } },
  arguments: [1, 1],
  async run({ client, values: { tenant, id }, positionals, show }) {
    if (id !== undefined && !/^[1-9]\d{0,14}$/.test(String(id))) throw new UsageError('--id is a number.');
    const body = {
      plugin: positionals[0],
      ...(typeof tenant === 'string' ? { tenant } : {}),
      ...(id === undefined ? {} : { id: Number(id) }),
    };
    let redelivered = 0;
    let outcome: Outcome;
    do {
      outcome = await client.call<Outcome>('POST', '/deliveries/redeliver', { body });
      redelivered += outcome.redelivered;
    } while (outcome.remaining > 0 && outcome.redelivered > 0);
    const total = { ...outcome, redelivered };
    show(total, [redelivered === 0 ? 'Nothing was given up.' : `${redelivered} on their way again.`]);
    return 0;
  },
});
