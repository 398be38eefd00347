import { checkHandlers, type HandlerDescription, type RuntimeFactory } from '../plugins/index.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { PluginVersion } from './pool/plugin-version.ts';
import { type Ground, ProcessPool } from './pool/process-pool.ts';
import { prepareHostCode } from './process/host-code.ts';
import { planLaunch } from './process/launch.ts';
import { SandboxRuntime } from './runtime.ts';
import type { HardeningStep, SandboxLimits, SandboxTier, SandboxTierOptions } from './types.ts';

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
      throw new Error(`${entry} could not be loaded: ${error instanceof Error ? error.message : String(error)}`);
    }
    const description = JSON.parse(text) as HandlerDescription | null;
    if (description === null) throw new Error(`${entry} has no default export; export default definePlugin({ … })`);
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

/** The tier for plugins nobody vouches for. Processes start with the first of them. */
export function createSandboxTier(options: SandboxTierOptions): SandboxTier {
  return new PooledTier(options);
}
