import { UsageError } from '../../command.ts';
import { operatorCommand } from '../../operator/operator-command.ts';

interface Difference {
  tenantId: string;
  plugin: string | null;
  what: string;
  id: string;
  changes: { field: string; ours: unknown; provider: unknown }[];
}

interface Report {
  compared: number;
  differences: Difference[];
  failures: { tenantId: string; reason: string }[];
}

const shown = (value: unknown): string => (value === null ? 'nothing' : String(value));

function linesOf({ tenantId, plugin, what, id, changes }: Difference): string[] {
  const about = `${what} ${id}${plugin === null || plugin === id ? '' : ` of ${plugin}`}, tenant ${tenantId}`;
  return changes.map(
    ({ field, ours, provider }) => `${about}: ${field} is ${shown(ours)} here, ${shown(provider)} there`,
  );
}

/** `bazaar billing reconcile` */
export const billingReconcile = operatorCommand({
  name: 'billing reconcile',
  summary:
    'Compare licences, orders, subscriptions, invoices and disputes with the payment provider, and mend what differs.',
  synopsis: '[--check] [--tenant <id>]',
  details: [
    '--check                only compare: exit code 1 when something differs',
    '--tenant <id>          only this tenant',
  ],
  options: { check: { type: 'boolean' }, tenant: { type: 'string' } },
  arguments: [0, 0],
  async run({ client, values, output, show }) {
    const { tenant } = values;
    const check = values.check === true;
    if (tenant !== undefined && typeof tenant !== 'string') throw new UsageError('--tenant is the id of one tenant.');
    const body = { check, ...(tenant === undefined ? {} : { tenant }) };
    const report = await client.call<Report>('POST', '/billing/reconcile', { body });
    const { compared, differences, failures } = report;
    for (const { tenantId, reason } of failures) output.err(`tenant ${tenantId} could not be compared: ${reason}`);
    const verdict =
      differences.length === 0
        ? 'nothing differs'
        : `${differences.length} differ${differences.length === 1 ? 's' : ''}${check ? '' : ', mended'}`;
    show(report, [...differences.flatMap(linesOf), `${compared} compared, ${verdict}.`]);
    return failures.length > 0 || (check && differences.length > 0) ? 1 : 0;
  },
});
