import type { JsonObject } from '@bazaar/sdk';
import { type AuditTrace, recordAudit } from '../audit/index.ts';
import type { Changes } from '../caching/index.ts';
import type { Database } from '../data/index.ts';
import type { Log } from '../logging/index.ts';
import { readQuotaChanges } from './quota-changes.ts';
import { BUILT_IN_QUOTAS, type QuotaChanges, type Quotas, withChanges } from './quota-values.ts';

/** Stands for every plugin. */
export const EVERY_PLUGIN = '*';

/** What holds for a plugin (or for every one), and what of it an operator has set. */
export interface QuotaEntry {
  quotas: Quotas;
  changes: QuotaChanges;
  /** When an operator set them last. */
  updatedAt: Date | null;
}

export interface QuotaBookOptions {
  db: Pick<Database, 'platform' | 'asPlatform'>;
  changes: Changes;
  log: Log;
}

interface Row {
  pluginId: string;
  changes: JsonObject;
  updatedAt: Date;
}

/** The quotas of all plugins, in memory: asked at the beginning of every call. */
export class QuotaBook {
  readonly #options: QuotaBookOptions;
  #standard: QuotaEntry = { quotas: BUILT_IN_QUOTAS, changes: {}, updatedAt: null };
  #own: ReadonlyMap<string, QuotaEntry> = new Map();
  /** Numbers of loads, in the order they were begun: an older one must not undo what a newer one has brought. */
  #begunLoad = 0;
  #appliedLoad = 0;
  #stale = true;
  #stopListening: (() => void) | undefined;

  constructor(options: QuotaBookOptions) {
    this.#options = options;
  }

  /** Loads what is stored and hears of changes from now on. Until then the built-in quotas hold. */
  async start(): Promise<void> {
    const again = () => {
      this.#stale = true;
      void this.refresh();
    };
    this.#stopListening ??= this.#options.changes.listen('quotas', again, again);
    await this.#load();
  }

  stop(): void {
    this.#stopListening?.();
  }

  of(pluginId: string): Quotas {
    return (this.#own.get(pluginId) ?? this.#standard).quotas;
  }

  entry(pluginId: string): QuotaEntry {
    const { quotas } = this.#standard;
    return this.#own.get(pluginId) ?? { quotas, changes: {}, updatedAt: null };
  }

  get standard(): QuotaEntry {
    return this.#standard;
  }

  /** Loads again what is known to have changed; when that fails, the next call tries again. Never rejects. */
  async refresh(): Promise<void> {
    if (!this.#stale) return;
    await this.#load().catch((error: unknown) => {
      this.#options.log.error({ err: error }, 'the quotas could not be loaded');
    });
  }

  /** Replaces what an operator has set for a plugin, or for every one; nothing of it is the way back to the standard. */
  async change(
    pluginId: string,
    changes: QuotaChanges,
    /** Where it is audited. */
    tenantId: string,
    trace: AuditTrace,
  ): Promise<void> {
    const isEmpty = Object.values(changes).every((level) => Object.keys(level).length === 0);
    await this.#options.db.asPlatform(async (models) => {
      if (isEmpty) await models.PluginQuota.destroy({ where: { pluginId } });
      else await models.PluginQuota.upsert({ pluginId, changes: { ...changes }, updatedBy: trace.actor.userId });
      await recordAudit(models, trace, {
        tenantId,
        action: 'quotas.changed',
        ...(pluginId === EVERY_PLUGIN ? {} : { pluginId }),
        entityId: pluginId,
        detail: { ...changes },
      });
    });
    await this.#options.changes.announce('quotas', { plugin: pluginId });
    await this.#load();
  }

  async #load(): Promise<void> {
    this.#begunLoad += 1;
    const load = this.#begunLoad;
    const { rows } = await this.#options.db.platform.query<Row>(
      'select plugin_id as "pluginId", changes, updated_at as "updatedAt" from core.plugin_quotas',
    );
    if (load < this.#appliedLoad) return;
    this.#appliedLoad = load;
    if (load === this.#begunLoad) this.#stale = false;
    const stored = new Map(rows.map((row) => [row.pluginId, { ...row, changes: readQuotaChanges(row.changes) }]));
    const every = stored.get(EVERY_PLUGIN);
    const quotas = withChanges(BUILT_IN_QUOTAS, every?.changes ?? {});
    this.#standard = { quotas, changes: every?.changes ?? {}, updatedAt: every?.updatedAt ?? null };
    stored.delete(EVERY_PLUGIN);
    this.#own = new Map(
      [...stored].map(([id, { changes, updatedAt }]) => [
        id,
        { quotas: withChanges(quotas, changes), changes, updatedAt },
      ]),
    );
  }
}
