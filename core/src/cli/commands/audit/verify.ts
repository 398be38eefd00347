import { operatorCommand } from '../../operator/operator-command.ts';

interface Broken {
  kind: string;
  message: string;
  tenant: string | null;
  tenantId: string | null;
  link: number | null;
  rowId: string | null;
  rowAt: string | null;
}

interface Part {
  links: number;
  rows: number;
  broken: Broken[];
  nextCursor?: string;
}

/** More than these are counted, not shown. */
const SHOWN = 100;

function lineOf({ kind, message, tenant, tenantId, link, rowId, rowAt }: Broken): string {
  const parts = [tenant ?? tenantId ?? 'all tenants'];
  if (link !== null) parts.push(`link ${link}`);
  if (rowId !== null) parts.push(`row ${rowId} of ${rowAt}`);
  return `${parts.join(', ')}: ${kind}: ${message}`;
}

/** `bazaar audit verify` */
export const auditVerify = operatorCommand({
  name: 'audit verify',
  summary: 'Check that the audit log is as it was written, and name what is not.',
  synopsis: '[--tenant <slug>]',
  details: ['--tenant <slug>        this tenant only'],
  options: { tenant: { type: 'string' } },
  arguments: [0, 0],
  async run({ client, values, show }) {
    const tenant = typeof values.tenant === 'string' ? values.tenant : undefined;
    const broken: Broken[] = [];
    let [links, rows, damages] = [0, 0, 0];
    let cursor: string | undefined;
    do {
      const part = await client.call<Part>('GET', '/audit/verification', { query: { tenant, cursor } });
      links += part.links;
      rows += part.rows;
      damages += part.broken.length;
      broken.push(...part.broken.slice(0, SHOWN - broken.length));
      cursor = part.nextCursor;
    } while (cursor !== undefined);
    const [first] = broken;
    const lines = first
      ? [
          `The audit log was tampered with. First: ${lineOf(first)}.`,
          ...broken.slice(1).map((one) => `  ${lineOf(one)}`),
          ...(damages > broken.length ? [`  … and ${damages - broken.length} more`] : []),
        ]
      : [`The audit log is as it was written: ${rows} rows, ${links} links.`];
    show({ intact: first === undefined, rows, links, first: first ?? null, broken, damages }, lines);
    return first === undefined ? 0 : 1;
  },
});
