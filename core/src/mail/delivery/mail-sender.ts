import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../data/index.ts';
import { FailureLog, type Log } from '../../logging/index.ts';
import type { Letter } from '../layout/index.ts';
import type { DeliveryOutcome, MailTransport, OutgoingMail } from '../transport/index.ts';
import { type ClaimedMail, FIRST_LANE, MailStore } from './store.ts';
import { type MailTiming, nextAttempt } from './timing.ts';

/** E-mails handed over at the same time by one node, and of these for one tenant when others wait. */
export const CONCURRENCY = 8;
const PER_TENANT = 4;
/** No other worker takes the e-mail until the lease ends: for that long the outcome may still be recorded. */
const RECORD_ATTEMPTS = 10;
const RECORD_PAUSE_MS = 1_000;
const STOP_MS = 3_000;

export interface MailSenderOptions {
  db: Pick<Database, 'asPlatform' | 'platform'>;
  transport: MailTransport;
  /** Domain of the e-mails' ids. */
  domain: string;
  timing: MailTiming;
  log: Log;
}

/** Hands over the e-mails that are due, a few at a time. */
export class MailSender {
  readonly #options: MailSenderOptions;
  readonly #store: MailStore;
  readonly #failureLog: FailureLog;
  readonly #underWay = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  #after = FIRST_LANE;
  #unreachable = 0;
  #pausedUntil = 0;
  #stopped = false;

  constructor(options: MailSenderOptions) {
    this.#options = options;
    this.#store = new MailStore(options.db);
    this.#failureLog = new FailureLog(options.log, `mail can not be handed to ${options.transport.destination}`);
  }

  /** Takes as many due e-mails as may be sent at the same time. `again` is called whenever one is done. */
  async work(again: () => void): Promise<void> {
    for (;;) {
      const free = CONCURRENCY - this.#underWay.size;
      // Taking them one by one would cost more than a moment's wait.
      if (free * 2 < CONCURRENCY || Date.now() < this.#pausedUntil || this.#stopped) return;
      // What could not be reached is tried with one e-mail, not with all of them.
      const wanted = this.#unreachable > 0 ? 1 : free;
      const since = performance.now();
      const claimed = await this.#store.claim(wanted, PER_TENANT, this.#after, this.#options.timing.leaseMs);
      this.#after = claimed.at(-1)?.tenantId ?? this.#after;
      for (const { mail, outgoing } of await this.#open(claimed)) {
        const delivery = this.#deliver(mail, outgoing, since).finally(() => {
          this.#underWay.delete(delivery);
          again();
        });
        this.#underWay.add(delivery);
      }
      if (claimed.length < wanted || this.#unreachable > 0) return;
    }
  }

  /** Waits for what is under way, but not for long: what is broken off is tried again by the next worker. */
  async stop(): Promise<void> {
    this.#stopped = true;
    const timer = setTimeout(() => this.#stop.abort(), STOP_MS);
    await Promise.all(this.#underWay);
    clearTimeout(timer);
  }

  async #open(claimed: readonly ClaimedMail[]): Promise<{ mail: ClaimedMail; outgoing: OutgoingMail | null }[]> {
    if (claimed.length === 0) return [];
    const { db, domain } = this.#options;
    const rows = await db.asPlatform((models) => models.Mail.findAll({ where: { id: claimed.map(({ id }) => id) } }));
    const byId = new Map(rows.map((row) => [row.id, row]));
    return claimed.map((mail) => {
      const row = byId.get(mail.id);
      const json = row?.letter ?? null;
      if (!row || json === null) return { mail, outgoing: null };
      const letter = JSON.parse(json) as Letter;
      const to = { address: row.toAddress, name: row.toName };
      return { mail, outgoing: { ...letter, messageId: `<${mail.id}@${domain}>`, to } };
    });
  }

  /** `since`: from when on the e-mail is ours. */
  async #deliver(mail: ClaimedMail, outgoing: OutgoingMail | null, since: number): Promise<void> {
    const { leaseMs, deadlineMs } = this.#options.timing;
    // This process stood still: another may take the e-mail before ours would be through.
    if (performance.now() - since > leaseMs - deadlineMs) return;
    const outcome = outgoing ? await this.#hand(outgoing) : UNREADABLE;
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#record(mail, outcome);
        return;
      } catch (error) {
        this.#failureLog.failed(error);
        if (attempt === RECORD_ATTEMPTS || this.#stopped) return;
        await sleep(RECORD_PAUSE_MS);
      }
    }
  }

  async #hand(outgoing: OutgoingMail): Promise<DeliveryOutcome> {
    const { transport, timing } = this.#options;
    const deadline = AbortSignal.timeout(timing.deadlineMs);
    const outcome = await transport.deliver(outgoing, AbortSignal.any([deadline, this.#stop.signal]));
    if (outcome.outcome !== 'unreachable') {
      this.#unreachable = 0;
      this.#pausedUntil = 0;
      this.#failureLog.recovered();
    } else if (!this.#stop.signal.aborted) {
      this.#unreachable++;
      this.#pausedUntil = Date.now() + timing.pauseMs(this.#unreachable);
      this.#failureLog.failed(new Error(outcome.detail ?? 'no answer'));
    }
    return outcome;
  }

  #record(mail: ClaimedMail, result: DeliveryOutcome): Promise<void> {
    const { outcome } = result;
    if (outcome === 'accepted' || outcome === 'captured') return this.#store.accepted(mail, result);
    const delay = outcome === 'refused' ? null : nextAttempt(mail, this.#options.timing);
    return delay === null ? this.#store.failed(mail, result) : this.#store.postponed(mail, result, delay);
  }
}

const UNREADABLE: DeliveryOutcome = {
  outcome: 'refused',
  detail: 'The e-mail cannot be decrypted: it was encrypted with another BAZAAR_SECRET.',
};
