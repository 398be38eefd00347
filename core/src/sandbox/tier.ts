import type { JsonValue } from '@bazaar/sdk';
import { messageOf } from '../errors/index.ts';
import { checkHandlers, type HandlerDescription, type RuntimeFactory } from '../plugins/index.ts';
import { parseGuestJson } from './boundary.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { PluginVersion } from './pool/plugin-version.ts';
import { type Ground, ProcessPool } from './pool/process-pool.ts';
import { prepareHostCode } from './process/host-code.ts';
import { planLaunch } from './process/launch.ts';
import { SandboxRuntime } from './runtime.ts';
import type { HardeningStep, SandboxLimits, SandboxTier, SandboxTierOptions } from './types.ts';
import { ALLOWANCE } from './wire/allowances.ts';

/** The description that a guest gives of its handlers; `undefined` when it is not a valid one. */
function descriptionOf(text: string): HandlerDescription | undefined {
  const value = parseGuestJson(text, 'the list of handlers', ALLOWANCE.description);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const namesOf = (names: JsonValue | undefined) =>
    Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
  const { actions, subscriptions, demo, privacy } = value;
  return {
    actions: namesOf(actions),
    subscriptions: namesOf(subscriptions),
    demo: demo === true,
    privacy: namesOf(privacy),
  };
}

class PooledTier implements SandboxTier {
  readonly #options: SandboxTierOptions;
  readonly #limits: SandboxLimits;
  #pool: Promise<ProcessPool> | undefined;
  #ground: Promise<Ground> | undefined;
  #lastNumber = 0;

  constructor(options: SandboxTierOptions) {
    this.#options = options;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
  }

  #prepared(): Promise<Ground> {
    this.#ground ??= (async () => {
      const code = await prepareHostCode(this.#options.folder);
      return { code, plan: await planLaunch(this.#limits, code) };
    })();
    return this.#ground;
  }

  #started(): Promise<ProcessPool> {
    this.#pool ??= this.#prepared().then((ground) => new ProcessPool(this.#options, this.#limits, ground));
    return this.#pool;
  }

  readonly createRuntime: RuntimeFactory = async (source) => {
    const { manifest, entry } = source;
    const [pool, bundle] = await Promise.all([this.#started(), this.#options.bundle(source)]);
    this.#lastNumber += 1;
    const plugin = new PluginVersion(manifest, this.#lastNumber, bundle, `${manifest.id}@${manifest.version}/${entry}`);
    let text: string;
    try {
      text = await pool.describe(plugin);
    } catch (error) {
      throw new Error(`${entry} could not be loaded: ${messageOf(error)}`);
    }
    const description = descriptionOf(text);
    if (description === undefined)
      throw new Error(`${entry} has no default export; export default definePlugin({ … })`);
    checkHandlers(description, manifest);
    return new SandboxRuntime(plugin, pool);
  };

  async hardening(): Promise<readonly HardeningStep[]> {
    return (await this.#prepared()).plan.steps;
  }

  async processes(): ReturnType<SandboxTier['processes']> {
    const pool = await this.#pool;
    return pool ? pool.facts() : { processes: [], plugins: [] };
  }

  async close(): Promise<void> {
    if (!this.#pool) return;
    (await this.#pool).close();
  }
}

/** The tier for plugins that are not trusted. Processes start with the first of them. */
export function createSandboxTier(options: SandboxTierOptions): SandboxTier {
  return new PooledTier(options);
}
