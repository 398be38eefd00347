import { enableCompileCache } from 'node:module';
import { parseArgs } from 'node:util';

// `node core/stripe-double/src/main.ts --help` explains itself. One line of JSON with the address comes when it is
// ready; it ends when its standard input closes, so that it does not outlive who started it.

const HELP = `The Stripe double: Stripe's API on this machine. No money moves.

  --port <n>            port (0: a free one; default 12111)
  --host <address>      address (default 127.0.0.1)
  --state <file>        journal of everything; survives being killed (default: nothing is kept)
  --webhook <url>       gets every event
  --secret <whsec_…>    signs them
  --retry-ms <n>        wait before a webhook's second attempt, doubling (default 500)
  --attempts <n>        attempts after which a webhook is given up (default 16)
  --concurrency <n>     webhooks on their way at once (default 16)
  --after-retries <x>   cancel | unpaid | past_due: what follows the last failed payment (default cancel)
  --retry-days <a,b,c>  days between attempts to collect (default 3,5,7)
  --chaos <json>        switches to begin with, as POST /_double/chaos takes them
  --detached            goes on when standard input closes
`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '12111' },
    host: { type: 'string', default: '127.0.0.1' },
    state: { type: 'string' },
    webhook: { type: 'string' },
    secret: { type: 'string' },
    'retry-ms': { type: 'string' },
    attempts: { type: 'string' },
    concurrency: { type: 'string' },
    'after-retries': { type: 'string', default: 'cancel' },
    'retry-days': { type: 'string', default: '3,5,7' },
    chaos: { type: 'string' },
    detached: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

function whole(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} takes a whole number`);
  return Number(text);
}

async function main(): Promise<void> {
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const after = values['after-retries'];
  if (after !== 'cancel' && after !== 'unpaid' && after !== 'past_due')
    throw new Error('--after-retries takes cancel, unpaid or past_due');
  if ((values.webhook === undefined) !== (values.secret === undefined))
    throw new Error('--webhook and --secret go together');
  const { 'retry-ms': retryMs, attempts, concurrency } = values;
  // What was compiled once starts in a third of the time.
  enableCompileCache();
  const { startDouble } = await import('./double.ts');
  const double = await startDouble({
    host: values.host,
    port: whole('port', values.port),
    ...(values.state === undefined ? {} : { state: values.state }),
    ...(values.webhook === undefined ? {} : { webhook: { url: values.webhook, secret: values.secret ?? '' } }),
    delivery: {
      ...(retryMs === undefined ? {} : { retryMs: whole('retry-ms', retryMs) }),
      ...(attempts === undefined ? {} : { attempts: whole('attempts', attempts) }),
      ...(concurrency === undefined ? {} : { concurrency: whole('concurrency', concurrency) }),
    },
    rules: { afterRetries: after, retryDays: values['retry-days'].split(',').map((days) => whole('retry-days', days)) },
    ...(values.chaos === undefined ? {} : { chaos: JSON.parse(values.chaos) as Record<string, unknown> }),
  });
  process.stdout.write(`${JSON.stringify({ address: double.address })}\n`);
  const end = () => double.close().then(() => process.exit(0));
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  if (values.detached) return;
  process.stdin.resume();
  process.stdin.on('end', end);
  process.stdin.on('error', end);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
