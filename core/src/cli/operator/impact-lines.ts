import { table } from '../table.ts';
import type { Impact } from './answers.ts';

const HOW: Readonly<Record<string, string>> = {
  requires: 'cannot go on without it',
  optional: 'goes on with less',
  listens: 'hears its events',
  calls: 'calls its actions',
};

const many = (count: number, one: string, more = `${one}s`) => `${count} ${count === 1 ? one : more}`;

/** The blast radius, for people. */
export function impactLines(impact: Impact): string[] {
  const { surfaces, tenants, dependents, tables } = impact;
  const facts: [string, string][] = [
    ['Tenants', `${tenants.licensed} with a licence, ${tenants.switchedOn} switched on, ${tenants.pinned} pinned`],
    ['People', `${impact.users} in those tenants`],
    [
      'Surfaces',
      Object.entries(surfaces)
        .map(([name, count]) => many(count, name.replace(/s$/, '')))
        .join(', '),
    ],
    ['Data', `${many(impact.rows, 'row')} in ${many(tables.length, 'table')}, ${many(impact.files, 'file')}`],
    ['Waiting', `${many(impact.openTasks, 'open task')}, ${many(impact.waitingDeliveries, 'event')} to be handled`],
  ];
  const lines = [`${impact.plugin}${impact.version === null ? '' : ` ${impact.version}`}`];
  lines.push(...facts.map(([name, value]) => `  ${name.padEnd(9)} ${value}`));
  if (dependents.length > 0) {
    const rows = dependents.map(({ plugin, how, detail }) => [plugin, HOW[how] ?? how, detail.join(', ')]);
    lines.push('', ...table(['plugin', 'depends on it', 'by'], rows).map((line) => `  ${line}`));
  }
  const filled = tables.filter(({ rows }) => rows > 0);
  if (filled.length > 0) {
    const rows = filled.map((one) => [one.table, String(one.rows)]);
    lines.push('', ...table(['table', 'rows'], rows).map((line) => `  ${line}`));
  }
  return lines;
}
