import type { Route } from '../routes/index.ts';
import { licenceRoutes } from './api/licence-routes.ts';
import { offlineRoutes } from './api/offline-routes.ts';
import { platformRoutes } from './api/platform-routes.ts';
import { pluginRoutes } from './api/plugin-routes.ts';
import type { LicensingDependencies } from './dependencies.ts';
import { type FadingLicence, fadingLicences } from './fading.ts';
import { createLicenceBook } from './licence-book.ts';
import { createLicenceWriter, type LicenceWriter } from './licence-writer.ts';
import { Announcer } from './notices/announcer.ts';
import { createOfflineLicences } from './offline/import-file.ts';
import { readIssuerKeys } from './offline/licence-file.ts';
import { createMonitor } from './platform/monitor.ts';
import { createOperatorActions } from './platform/operator-actions.ts';
import { storePolicy } from './policy-store.ts';
import { createSeats } from './seats/seats.ts';
import { createPluginSwitch, type PluginSwitch } from './switch-plugin.ts';
import type { Licences } from './types.ts';
import { createMeters } from './usage/meters.ts';

export interface Licensing {
  /** For everything that must know whether a plugin may be used. */
  readonly licences: Licences;
  /** Licences that have ended and can still be renewed, shown to people while they work. */
  fading(tenantId: string): Promise<FadingLicence[]>;
  /** For everything that changes what a tenant is licensed for. */
  readonly writer: LicenceWriter;
  readonly routes: Route[];
  /** For callers that may switch plugins of any tenant. */
  readonly pluginSwitch: PluginSwitch;
  /** To be called before anything is served; a worker also announces licences that end. */
  start(options: { worker: boolean }): Promise<void>;
  /** Sends the notices that are due now; a worker does so by itself. */
  look(): Promise<void>;
  /** Waits for the notices that are being sent. */
  stop(): Promise<void>;
  /** Stops listening for changes. */
  close(): void;
}

export function createLicensing(deps: LicensingDependencies): Licensing {
  const book = createLicenceBook(deps.db, deps.changes, deps.policy, deps.now);
  const seats = createSeats(deps.db, deps.changes, deps.realtime);
  const meters = createMeters(deps.db, book, deps.policy, deps.now);
  const writer = createLicenceWriter(deps);
  const pluginSwitch = createPluginSwitch(deps, book);
  const monitor = createMonitor(deps.db.platform, deps.policy, deps.now);
  const actions = createOperatorActions(deps.db, writer, deps.now);
  const keys = deps.issuerKeys === undefined ? new Map() : readIssuerKeys(deps.issuerKeys);
  const offline = createOfflineLicences({ ...deps, writer, keys });
  const announcer = new Announcer(deps, writer);
  return {
    licences: {
      decide: book.decide,
      enabled: book.enabled,
      suspended: book.suspended,
      takeSeat: async (tenantId, plugin, userId) => {
        const licence = (await book.of(tenantId)).licences.get(plugin);
        const isFull = typeof licence?.seats === 'number' && licence.holders.length >= licence.seats;
        return !isFull && seats.take(tenantId, plugin, userId);
      },
      allowance: meters.allowance,
    },
    fading: (tenantId) => fadingLicences(deps, book, tenantId),
    writer,
    pluginSwitch,
    routes: [
      ...licenceRoutes(deps, { book, writer, seats, meters }),
      ...pluginRoutes(deps, book, pluginSwitch),
      ...platformRoutes(deps, monitor, actions),
      ...offlineRoutes(offline),
    ],
    async start({ worker }) {
      await storePolicy(deps.db.platform, deps.policy);
      if (worker) announcer.start();
    },
    async look() {
      await announcer.look();
    },
    stop: () => announcer.stop(),
    close: book.close,
  };
}
