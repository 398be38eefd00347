import type { HostOperation } from '@bazaar/sdk/host';
import type { CallMeter, EndedCall, HandlerName, Meter } from '../plugins/index.ts';
import type { Account } from './account.ts';
import type { Ledger } from './ledger.ts';
import { quotaRefusal, type ReachedQuota } from './quota-refusal.ts';
import type { CallQuotas, Metered, Quotas } from './quota-values.ts';
import type { StorageBook } from './storage-book.ts';
import type { VersionFigures } from './version-figures.ts';

/** Milliseconds of a clock that never goes back. */
export type Clock = () => number;

export interface PluginMeterOptions {
  ledger: Ledger;
  quotasOf(pluginId: string): Quotas;
  storage: Pick<StorageBook, 'beforeGrowth'>;
  clock: Clock;
}

/** What a call that begins will need: refused at the start, nothing is left half done. */
const NEEDED_TO_BEGIN: readonly Metered[] = ['cpuMs', 'databaseMs', 'hostCalls', 'rows', 'bytesOut'];

type Used = 'rows' | 'databaseMs' | 'bytesOut' | 'events' | 'logLines';

const DATA = ['rows', 'databaseMs'] as const;
const NOTHING: readonly Used[] = [];

/** What a host call uses besides being one. */
const USED_BY: { readonly [Op in HostOperation]?: readonly Used[] } = {
  'db.find': DATA,
  'db.page': DATA,
  'db.count': DATA,
  'db.query': DATA,
  'db.insert': DATA,
  'db.update': DATA,
  'db.delete': DATA,
  'http.fetch': ['bytesOut'],
  'events.emit': ['events'],
  'log.write': ['logLines'],
};

/** A call may run again as soon as another one ends: worth another try soon. */
const RUNNING_AGAIN_MS = 1_000;

/** Whose account a call is booked on, and what they may use. */
interface Books {
  pluginName: string;
  plugin: Account;
  tenant: Account;
  figures: VersionFigures;
  quotas: Quotas;
  /** Bytes that its tables take, asked before they grow. */
  storedBytes(): number;
  clock: Clock;
}

function refuse(books: Books, reached: ReachedQuota): never {
  const { plugin, tenant, figures, pluginName } = books;
  figures.refused(reached);
  plugin.totals.quotaRefusals += 1;
  tenant.totals.quotaRefusals += 1;
  throw quotaRefusal(pluginName, reached);
}

/** Throws when the minute's amount of the tenant or of the plugin is used up. The use that reaches it is let through. */
function check(books: Books, quota: Metered, now: number): void {
  for (const level of ['tenant', 'plugin'] as const) {
    const limit = books.quotas[level][quota];
    if (books[level].used(quota, now) < limit) continue;
    refuse(books, { level, quota, limit, freeInMs: books[level].freeIn(quota, limit, now) });
  }
}

/** Books what one call uses, and stops it where the plugin, the tenant or the call itself has reached a limit. */
class RunningCall implements CallMeter {
  readonly #books: Books;
  readonly #used: CallQuotas = { databaseMs: 0, hostCalls: 0, rows: 0, bytesOut: 0 };

  constructor(books: Books) {
    this.#books = books;
    books.plugin.running += 1;
    books.tenant.running += 1;
  }

  operation(operation: HostOperation): void {
    const { plugin, tenant, figures, clock } = this.#books;
    const now = clock();
    this.#checkOwn('hostCalls');
    check(this.#books, 'hostCalls', now);
    const also = USED_BY[operation] ?? NOTHING;
    for (const quota of also) {
      if (quota !== 'events' && quota !== 'logLines') this.#checkOwn(quota);
      check(this.#books, quota, now);
    }
    this.#use('hostCalls', 1, now);
    plugin.totals.hostCalls += 1;
    tenant.totals.hostCalls += 1;
    figures.operated(operation);
    // Of the rest the amount is known when it is over.
    for (const quota of also) if (quota === 'events' || quota === 'logLines') this.#one(quota, now);
  }

  statement(): void {
    const now = this.#books.clock();
    for (const quota of DATA) {
      this.#checkOwn(quota);
      check(this.#books, quota, now);
    }
  }

  growth(): void {
    const { storedBytes, quotas } = this.#books;
    const limit = quotas.storage.tableBytes;
    if (storedBytes() >= limit) refuse(this.#books, { level: 'storage', quota: 'tableBytes', limit });
  }

  rows(read: number, written: number): void {
    const { plugin, tenant, figures, clock } = this.#books;
    this.#use('rows', read + written, clock());
    for (const totals of [plugin.totals, tenant.totals, figures]) {
      totals.rowsRead += read;
      totals.rowsWritten += written;
    }
  }

  database(milliseconds: number): void {
    const { plugin, tenant, figures, clock } = this.#books;
    this.#use('databaseMs', milliseconds, clock());
    plugin.totals.databaseMs += milliseconds;
    tenant.totals.databaseMs += milliseconds;
    figures.databaseMs += milliseconds;
  }

  bytes(amount: number): void {
    const { plugin, tenant, figures, clock } = this.#books;
    this.#use('bytesOut', amount, clock());
    for (const totals of [plugin.totals, tenant.totals, figures]) totals.bytesOut += amount;
  }

  end({ kind, outcome, cpuMs }: EndedCall): void {
    const { plugin, tenant, figures, clock } = this.#books;
    const now = clock();
    figures.called(kind, outcome);
    if (cpuMs !== undefined) figures.cpuMs += cpuMs;
    for (const account of [plugin, tenant]) {
      account.running -= 1;
      account.totals.calls[outcome] += 1;
      if (cpuMs === undefined) continue;
      account.totals.cpuMs += cpuMs;
      account.add('cpuMs', cpuMs, now);
    }
  }

  #one(quota: 'events' | 'logLines', now: number): void {
    const { plugin, tenant, figures } = this.#books;
    figures[quota] += 1;
    for (const account of [plugin, tenant]) {
      account.totals[quota] += 1;
      account.add(quota, 1, now);
    }
  }

  #use(quota: keyof CallQuotas, amount: number, now: number): void {
    if (amount === 0) return;
    this.#used[quota] += amount;
    this.#books.plugin.add(quota, amount, now);
    this.#books.tenant.add(quota, amount, now);
  }

  #checkOwn(quota: keyof CallQuotas): void {
    const limit = this.#books.quotas.call[quota];
    if (this.#used[quota] >= limit) refuse(this.#books, { level: 'call', quota, limit });
  }
}

/** Opens the books for each call of a handler. */
export function createPluginMeter({ ledger, quotasOf, storage, clock }: PluginMeterOptions): Meter {
  const checkRunning = (books: Books) => {
    for (const level of ['tenant', 'plugin'] as const) {
      const limit = books.quotas[level].concurrentCalls;
      if (books[level].running < limit) continue;
      refuse(books, { level, quota: 'concurrentCalls', limit, freeInMs: RUNNING_AGAIN_MS });
    }
  };
  return {
    begin({ plugin, version, tenantId, kind }: HandlerName, pluginName: string): CallMeter {
      const ofPlugin = ledger.of(plugin);
      const books: Books = {
        pluginName,
        plugin: ofPlugin.account,
        tenant: ledger.tenantOf(ofPlugin, tenantId),
        figures: ledger.figuresOf(ofPlugin, version),
        quotas: quotasOf(plugin),
        storedBytes: () => storage.beforeGrowth(plugin),
        clock,
      };
      try {
        checkRunning(books);
        const now = clock();
        for (const quota of NEEDED_TO_BEGIN) check(books, quota, now);
      } catch (refusal) {
        books.figures.called(kind, 'refused');
        books.plugin.totals.calls.refused += 1;
        books.tenant.totals.calls.refused += 1;
        throw refusal;
      }
      return new RunningCall(books);
    },
  };
}
