import { VARIABLES } from './config-schema.ts';

interface Described {
  schema: { description: string; enum?: readonly string[]; default?: unknown; minimum?: number; maximum?: number };
  defaultInWords?: string;
}

function allowed({ schema }: Described): string {
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if (schema.minimum === undefined) return 'text';
  return schema.maximum === undefined ? `number from ${schema.minimum}` : `number ${schema.minimum}–${schema.maximum}`;
}

/** `docs/configuration.md`, made from the schema; a test checks that the file is current. */
export function configurationDocument(): string {
  const rows = Object.entries(VARIABLES as Record<string, Described>).map(([name, variable]) => {
    const { description, default: standard } = variable.schema;
    const otherwise = variable.defaultInWords ?? `\`${standard}\``;
    return `| \`${name}\` | ${description} | ${allowed(variable)} | ${otherwise} |`;
  });
  return `# Configuration

The platform is configured by environment variables. A wrong value stops the start with a line that names the
variable. An empty value counts as not set.

<!-- Made from core/src/kernel/config-schema.ts by \`npm run bazaar -- config --write\`. Do not edit. -->

| Variable | Meaning | Values | Default |
|---|---|---|---|
${rows.join('\n')}

## Behind a proxy

Set \`BAZAAR_PUBLIC_URL\`, and \`BAZAAR_TRUST_PROXY=1\` if the proxy sets the \`X-Forwarded-\` headers itself (and does not
pass on those of the browser). It must also

* pass on the \`Host\` header as the browser sent it, or set \`X-Forwarded-Host\`: the frames of sandboxed plugins may load
  modules from that address only, and stay empty when it is another one,
* let connections to \`/api/socket\` be upgraded to WebSocket,
* admit bodies as large as \`BAZAAR_UPLOAD_LIMIT\`, and requests to \`/api/operator/plugins\` that take minutes.

The command line (\`npm run -s bazaar -- plugin …\`) reads the same variables; for a platform elsewhere it takes \`--url\`
and signs in with \`BAZAAR_OPERATOR_EMAIL\` and \`BAZAAR_OPERATOR_PASSWORD\`.
`;
}
