import type { WindDown } from '../billing/index.ts';
import type { Bus } from '../data/index.ts';
import type { Route } from '../routes/index.ts';
import { createSealer, deriveKey } from '../secrets/index.ts';
import { Waker } from '../waking/index.ts';
import { documentRoutes } from './api/document-routes.ts';
import { ownRoutes } from './api/own-routes.ts';
import { peopleRoutes } from './api/people-routes.ts';
import { workspaceRoutes } from './api/workspace-routes.ts';
import { createAuthority } from './certificate.ts';
import { PluginPeople, type PluginPeopleOptions } from './people/index.ts';
import {
  DEFAULT_TIMING,
  type PrivacyDependencies,
  type PrivacyTiming,
  PrivacyWorker,
  sweepPrivacy,
} from './work/index.ts';
import { Renewals } from './workspace/renewals.ts';

export interface PrivacyOptions
  extends Pick<PluginPeopleOptions, 'plugins' | 'calls'>,
    Pick<PrivacyDependencies, 'files' | 'scratch' | 'mailer' | 'changes' | 'endBilling' | 'log' | 'now'> {
  db: PrivacyDependencies['db'] & { bus: Pick<Bus, 'publish' | 'on'> };
  /** What becomes of a workspace's subscriptions while its deletion is planned. */
  windDown: WindDown;
  secret: string;
  timing?: Partial<PrivacyTiming>;
}

/** People's data, and workspaces' end. */
export interface Privacy {
  readonly routes: Route[];
  /** In a worker: works on what is due, and then on whatever comes. */
  start(): void;
  /** Lets the request under way end. */
  stop(): Promise<void>;
  /** Removes archives whose time is over; makes good what could not be said to the payment provider. */
  sweep(): Promise<void>;
}

/** Wakes the workers on other nodes. */
const ASKED = 'privacy.asked';

export function createPrivacy(options: PrivacyOptions): Privacy {
  const { db, secret, log } = options;
  const timing = { ...DEFAULT_TIMING, ...options.timing };
  const deps: PrivacyDependencies = {
    ...options,
    timing,
    people: new PluginPeople(options),
    sealer: createSealer(deriveKey(secret, 'privacy')),
    authority: createAuthority(deriveKey(secret, 'certificates')),
  };
  const worker = new PrivacyWorker(deps);
  const waker = new Waker(
    () => worker.work(),
    (error) => log.error({ err: error }, 'requests about personal data could not be taken up'),
  );
  let poll: NodeJS.Timeout | undefined;
  let offBus: (() => void) | undefined;

  const wake = () => {
    if (poll) waker.wake();
    else {
      // Without the message a worker finds the request at its next look.
      db.bus
        .publish(ASKED, {})
        .catch((error: unknown) => log.warn({ err: error }, 'no worker was woken for a request'));
    }
  };
  const renewals = new Renewals(options);
  const api = { ...deps, wake, renewals };
  return {
    routes: [...ownRoutes(api), ...peopleRoutes(api), ...documentRoutes(api), ...workspaceRoutes(api)],
    start() {
      offBus = db.bus.on(ASKED, () => waker.wake());
      poll = setInterval(() => waker.wake(), timing.pollMs).unref();
      waker.wake();
    },
    async stop() {
      offBus?.();
      clearInterval(poll);
      worker.stop();
      await waker.stop();
    },
    async sweep() {
      await sweepPrivacy(db);
      await renewals.settle();
    },
  };
}
