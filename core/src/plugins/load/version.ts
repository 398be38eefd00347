import type { ActionDeclaration, Manifest } from '@bazaar/sdk';
import { ApiError, messageOf } from '../../errors/index.ts';
import { PluginContract } from '../contract/plugin-contract.ts';
import type { PluginPackage } from '../package/plugin-package.ts';
import type { LivePlugin, LoadedPlugin, LockEntry } from '../types.ts';

/** How a version gets what it needs when it needs it. */
export interface VersionSource {
  /** Rejects in words when the package is not what the operator vouched for. */
  package(): Promise<PluginPackage>;
  live(pkg: PluginPackage): Promise<LivePlugin>;
  ui(pkg: PluginPackage): Promise<string | undefined>;
  /** Told once for each failure, in words. */
  failed(reason: string, error: unknown): void;
}

/** One version of a plugin: cheap until it is used, closed when it is replaced and nobody is inside any more. */
export class Version implements LoadedPlugin {
  readonly manifest: Manifest;
  readonly lock: LockEntry;
  readonly capabilities: ReadonlySet<string>;
  readonly actions: ReadonlyMap<string, ActionDeclaration>;
  readonly #source: VersionSource;
  #contract: PluginContract | undefined;
  #package: Promise<PluginPackage> | undefined;
  #live: Promise<LivePlugin> | undefined;
  #ui: Promise<string | undefined> | undefined;
  #leases = 0;
  #idle: PromiseWithResolvers<void> | undefined;
  #failure: string | undefined;

  constructor(manifest: Manifest, lock: LockEntry, source: VersionSource) {
    this.manifest = manifest;
    this.lock = lock;
    this.#source = source;
    this.capabilities = new Set(lock.grantedCapabilities);
    this.actions = new Map(manifest.actions.map((action) => [action.name, action]));
  }

  get contract(): PluginContract {
    this.#contract ??= new PluginContract(this.manifest);
    return this.#contract;
  }

  /** Why it could not be brought to life when that was tried last. */
  get failure(): string | undefined {
    return this.#failure;
  }

  package(): Promise<PluginPackage> {
    this.#package ??= this.#attempt(
      () => this.#source.package(),
      () => {
        this.#package = undefined;
      },
    );
    return this.#package;
  }

  live(): Promise<LivePlugin> {
    this.#live ??= this.#attempt(
      async () => this.#source.live(await this.package()),
      () => {
        this.#live = undefined;
      },
    );
    return this.#live;
  }

  ui(): Promise<string | undefined> {
    this.#ui ??= this.#attempt(
      async () => this.#source.ui(await this.package()),
      () => {
        this.#ui = undefined;
      },
    );
    return this.#ui;
  }

  async lease<T>(work: () => Promise<T>): Promise<T> {
    this.#leases += 1;
    try {
      return await work();
    } finally {
      this.#leases -= 1;
      if (this.#leases === 0) this.#idle?.resolve();
    }
  }

  /** Resolves when nobody is inside. */
  async idle(): Promise<void> {
    while (this.#leases > 0) {
      this.#idle ??= Promise.withResolvers();
      await this.#idle.promise;
      this.#idle = undefined;
    }
  }

  /** Waits until nobody is inside, then closes. Must have been taken out of the registry. */
  async retire(): Promise<void> {
    await this.idle();
    await this.close();
  }

  async close(): Promise<void> {
    const live = await this.#live?.catch(() => undefined);
    this.#live = undefined;
    await live?.runtime.close();
    await live?.database.close();
  }

  async #attempt<T>(work: () => Promise<T>, forget: () => void): Promise<T> {
    try {
      const result = await work();
      this.#failure = undefined;
      return result;
    } catch (error) {
      forget();
      const reason = messageOf(error);
      if (error instanceof ApiError && error.reason === 'plugin-not-running') throw error;
      this.#failure = reason;
      this.#source.failed(reason, error);
      throw new ApiError('unavailable', `${this.manifest.name} is not running at the moment.`, {
        reason: 'plugin-not-running',
        cause: error,
      });
    }
  }
}
