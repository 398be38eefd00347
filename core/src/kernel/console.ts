import corePackage from '../../package.json' with { type: 'json' };
import { StartupError } from '../errors/index.ts';
import { type Config, readConfig } from './config.ts';
import type { Kernel } from './kernel.ts';
import { runUntilStopped } from './run.ts';

const out = (line: string) => process.stdout.write(`${line}\n`);
const complain = (message: string) => process.stderr.write(`${message.replaceAll(/^/gm, 'bazaar: ')}\n`);

async function demoLines(): Promise<string[]> {
  const { DEMO_OPERATOR, DEMO_PASSWORD, DEMO_TENANTS } = await import('../demo/index.ts');
  const accounts = DEMO_TENANTS.map(
    ({ name, accounts }) => `  ${name}: ${accounts.map(({ email }) => email).join(', ')}`,
  );
  return [
    '',
    `Demo accounts, all with the password ${DEMO_PASSWORD}`,
    ...accounts,
    `  Operator of the platform: ${DEMO_OPERATOR.email}`,
  ];
}

/** Whether money moves is nothing to be found out by paying. */
function paymentLines({ stripe }: Config): string[] {
  if (stripe.secretKey?.includes('_live_')) return [];
  const how = stripe.secretKey === undefined ? 'Test payments' : "Payments in Stripe's test mode";
  return ['', `${how}: no money moves.`];
}

async function announce(config: Config, kernel: Kernel, startedAt: number): Promise<void> {
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  const demo = config.demo ? await demoLines() : [];
  if (kernel.problems.length > 0) complain(`Not everything came up:\n${kernel.problems.join('\n')}`);
  const lines = [
    `Ready in ${seconds} s`,
    '',
    `  ${kernel.url}`,
    ...demo,
    ...paymentLines(config),
    '',
    'Stop with Ctrl-C.',
  ];
  for (const line of lines) out(line);
}

/** Runs the platform for somebody at a console. `startedAt` is in milliseconds since 1970. Resolves with the exit code. */
export async function startFromConsole(root: string, startedAt: number): Promise<number> {
  let config: Config;
  try {
    config = readConfig(process.env, root);
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    complain(error.message);
    return 1;
  }
  out(`Bazaar ${corePackage.version}`);
  return runUntilStopped(config, {
    progress: (step) => out(`  ${step} …`),
    complain,
    ready: (kernel) => void announce(config, kernel, startedAt),
    stopping: () => out('Stopping …'),
  });
}
