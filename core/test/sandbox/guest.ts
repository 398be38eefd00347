import type { JsonObject, JsonValue, Manifest } from '@bazaar/sdk';
import type { Host, HostOperation } from '@bazaar/sdk/host';
import { pino } from 'pino';
import type { PluginRuntime, RuntimeCall } from '../../src/plugins/index.ts';
import { createSandboxTier, type SandboxTier, type SandboxTierOptions } from '../../src/sandbox/index.ts';

export const TENANT = '11111111-1111-4111-8111-111111111111';
export const OTHER_TENANT = '22222222-2222-4222-8222-222222222222';

export type Answer = (operation: HostOperation, args: JsonObject) => Promise<unknown> | unknown;

export interface CallOptions {
  tenant?: string;
  deadlineMs?: number;
  readOnly?: boolean;
  answer?: Answer;
  usage?(used: { cpuMs?: number; resultSize?: number }): void;
}

/** What the kernel would hand to a runtime. */
export function callOf(options: CallOptions = {}): RuntimeCall {
  const { tenant = TENANT, deadlineMs = 60_000, readOnly = false, answer = () => null, usage } = options;
  return {
    invocation: {
      plugin: { id: 'guest', version: '1.0.0' },
      tenant: { id: tenant, slug: 'acme', name: 'Acme' } as RuntimeCall['invocation']['tenant'],
      user: null,
      requestId: 'r-1',
    },
    host: { call: async (operation: HostOperation, args: JsonObject) => answer(operation, args) } as unknown as Host,
    deadlineMs,
    readOnly,
    ...(usage ? { usage } : {}),
  };
}

export interface GuestPlugin {
  id?: string;
  publisher?: string;
  actions?: string[];
  subscriptions?: string[];
  demo?: boolean;
  /** Whether it tells of people. */
  exports?: boolean;
}

/** A tier whose bundles are the texts handed to `load`. */
export function testTier(options: Partial<SandboxTierOptions> = {}): {
  tier: SandboxTier;
  load(code: string, plugin?: GuestPlugin): Promise<PluginRuntime>;
} {
  const texts = new Map<string, string>();
  let count = 0;
  const tier = createSandboxTier({
    log: pino({ level: process.env.SANDBOX_LOG ?? 'silent' }),
    bundle: async ({ folder }) => texts.get(folder) ?? '',
    ...options,
  });
  return {
    tier,
    load(code, { id = 'guest', publisher = 'Tester', actions = ['run'], subscriptions = [], demo, exports } = {}) {
      count += 1;
      const folder = `/package-${count}`;
      texts.set(folder, code);
      const manifest = {
        id,
        version: '1.0.0',
        name: id,
        publisher,
        actions: actions.map((name) => ({ name, summary: name, effect: 'write', input: {}, output: {} })),
        subscriptions: subscriptions.map((event) => ({ event })),
        ...(demo ? { demo: {} } : {}),
        ...(exports ? { privacy: { export: true } } : {}),
      } as unknown as Manifest;
      return tier.createRuntime({ manifest, folder, entry: 'src/plugin.ts', integrity: `sha512-${count}` });
    },
  };
}

/** A module with one action `run` whose body is given. */
export function plugin(body: string, before = ''): string {
  return `${before}\nexport default { actions: { async run(ctx, input) { ${body} } } };`;
}

export function run(runtime: PluginRuntime, input: JsonObject = {}, options: CallOptions = {}): Promise<JsonValue> {
  return runtime.action('run', callOf(options), input);
}
