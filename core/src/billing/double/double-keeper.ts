import { setTimeout as sleep } from 'node:timers/promises';
import type { Database, HeldLock } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import { FailureLog, type Log } from '../../logging/index.ts';
import type { StripeAccess } from '../gateway/index.ts';
import { type DoubleProcess, type DoubleSettings, startDouble } from './double-process.ts';

export interface KeeperOptions {
  db: Pick<Database, 'locks' | 'platform'>;
  log: Log;
  settings: DoubleSettings;
  /** Only nodes that answer requests can receive its events. */
  mayRun: boolean;
}

/** Where the double is reached; one node of the platform runs it. */
export interface DoubleKeeper {
  /** Starts it, or finds where another node runs it. Rejects with `unavailable` when it does not come. */
  access(): Promise<StripeAccess>;
  /** Runs it from now on, whoever needs it. */
  start(): void;
  stop(): Promise<void>;
}

const LOCK = 'payment-double';
const PATIENCE_MS = 20_000;
const LOOK_MS = 200;
const REST_MS = 500;
const LONGEST_REST_MS = 15_000;
const FAILURES_BEFORE_MOVING = 3;

/** Keys in the shape of the provider's own test keys. */
const KEYS = { secretKey: 'sk_test_double', publishableKey: 'pk_test_double' };

/** Also when it has been aborted already, e.g. while the double was starting: no event tells of that any more. */
function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

export function createDoubleKeeper({ db, log, settings, mayRun }: KeeperOptions): DoubleKeeper {
  let running: DoubleProcess | undefined;
  let keeping: Promise<void> | undefined;
  const stopping = new AbortController();

  async function tellAddress(address: string): Promise<void> {
    await db.platform.query(
      `insert into core.payment_double (singleton, address) values (true, $1)
       on conflict (singleton) do update set address = excluded.address, started_at = now()`,
      [address],
    );
  }

  /** Runs it again and again while the lock is held. */
  async function keepWhile(lock: HeldLock): Promise<void> {
    let restMs = REST_MS;
    let failures = 0;
    while (!stopping.signal.aborted && !lock.lost.aborted) {
      try {
        // Pages that were handed out have the port in their address: it is left only when somebody else keeps it.
        const elsewhere = failures >= FAILURES_BEFORE_MOVING && !settings.portIsFixed;
        running = await startDouble(elsewhere ? { ...settings, port: 0 } : settings);
        await tellAddress(running.address);
        restMs = REST_MS;
        failures = 0;
        const given = aborted(lock.lost).then(() => 'another node runs it');
        const told = aborted(stopping.signal).then(() => 'the platform stops');
        const why = await Promise.race([running.ended, given, told]);
        if (!stopping.signal.aborted) log.warn({ why }, 'the double of the payment provider ended');
      } catch (error) {
        failures += 1;
        log.error({ err: error }, 'the double of the payment provider can not run');
      }
      await running?.stop();
      running = undefined;
      await rest(restMs);
      restMs = Math.min(restMs * 2, LONGEST_REST_MS);
    }
  }

  async function keep(): Promise<void> {
    const failureLog = new FailureLog(log, 'this node can not take over the double of the payment provider');
    while (!stopping.signal.aborted) {
      try {
        const lock = await db.locks.acquire(LOCK, stopping.signal);
        failureLog.recovered();
        await keepWhile(lock).finally(() => lock.release());
      } catch (error) {
        if (stopping.signal.aborted) return;
        // The database is away for a moment: with it went the lock, and the double with the lock.
        failureLog.failed(error);
        await rest(REST_MS);
      }
    }
  }

  /** Shorter when the platform stops. */
  async function rest(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
  }

  async function answers(address: string): Promise<boolean> {
    try {
      return (await fetch(`${address}/_double/clock`, { signal: AbortSignal.timeout(LOOK_MS * 5) })).ok;
    } catch {
      // Not there (any more): one of the nodes will start it.
      return false;
    }
  }

  async function addressElsewhere(): Promise<string | undefined> {
    const { rows } = await db.platform.query<{ address: string }>('select address from core.payment_double');
    const address = rows[0]?.address;
    return address !== undefined && (await answers(address)) ? address : undefined;
  }

  function start(): void {
    if (!mayRun || stopping.signal.aborted) return;
    keeping ??= keep();
  }

  return {
    start,
    async access() {
      const end = Date.now() + PATIENCE_MS;
      start();
      for (;;) {
        const address = running?.address ?? (await addressElsewhere());
        if (address !== undefined) {
          return { provider: 'double', ...KEYS, webhookSecrets: [settings.secret], address };
        }
        if (Date.now() > end || stopping.signal.aborted) {
          throw new ApiError('unavailable', 'Test payments are not ready yet. Try again.', {
            reason: 'provider-unreachable',
            headers: { 'Retry-After': '5' },
          });
        }
        await sleep(LOOK_MS);
      }
    },
    async stop() {
      stopping.abort();
      await keeping;
    },
  };
}
