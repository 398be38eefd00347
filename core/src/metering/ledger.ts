import { Account } from './account.ts';
import { VersionFigures } from './version-figures.ts';

/** What is kept of one plugin. */
export interface PluginLedger {
  id: string;
  /** All tenants together. */
  account: Account;
  /** Tenant's id → what it uses. */
  tenants: Map<string, Account>;
  /** By version. */
  versions: Map<string, VersionFigures>;
}

/** Accounts of tenants that have been idle for a minute are kept up to this number. */
const MOST_REMEMBERED = 20_000;

/** The accounts of every plugin that has done anything in this process. */
export class Ledger {
  readonly #plugins = new Map<string, PluginLedger>();
  readonly #now: () => Date;
  readonly #mostRemembered: number;

  constructor(now: () => Date, mostRemembered = MOST_REMEMBERED) {
    this.#now = now;
    this.#mostRemembered = mostRemembered;
  }

  /** Opened when asked for. */
  of(pluginId: string): PluginLedger {
    let ledger = this.#plugins.get(pluginId);
    if (!ledger) {
      ledger = { id: pluginId, account: new Account(this.#now()), tenants: new Map(), versions: new Map() };
      this.#plugins.set(pluginId, ledger);
    }
    return ledger;
  }

  /** Opened when asked for. */
  tenantOf(ledger: PluginLedger, tenantId: string): Account {
    let account = ledger.tenants.get(tenantId);
    if (!account) {
      account = new Account(this.#now());
      ledger.tenants.set(tenantId, account);
    }
    return account;
  }

  /** Opened when asked for. */
  figuresOf(ledger: PluginLedger, version: string): VersionFigures {
    let figures = ledger.versions.get(version);
    if (!figures) {
      figures = new VersionFigures();
      ledger.versions.set(version, figures);
    }
    return figures;
  }

  find(pluginId: string): PluginLedger | undefined {
    return this.#plugins.get(pluginId);
  }

  all(): Iterable<PluginLedger> {
    return this.#plugins.values();
  }

  /** Lets go of what idle accounts hold, and of the oldest of them where there are too many. */
  sweep(clock: number): void {
    const idle: [PluginLedger, string][] = [];
    let accounts = 0;
    for (const ledger of this.#plugins.values()) {
      ledger.account.rest(clock);
      accounts += ledger.tenants.size;
      for (const [tenantId, account] of ledger.tenants) if (account.rest(clock)) idle.push([ledger, tenantId]);
    }
    const superfluous = Math.max(0, accounts - this.#mostRemembered);
    for (const [ledger, tenantId] of idle.slice(0, superfluous)) ledger.tenants.delete(tenantId);
  }
}
