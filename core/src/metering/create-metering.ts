import { Ledger } from './ledger.ts';
import { createPluginMeter } from './plugin-meter.ts';
import { MetricsPage } from './prometheus.ts';
import { QuotaBook } from './quota-book.ts';
import { quotaRoutes } from './quota-routes.ts';
import { StorageBook } from './storage-book.ts';
import type { Metering, MeteringOptions } from './types.ts';
import { usageRoutes } from './usage-routes.ts';

const SWEEP_MS = 30_000;
/** On a fast disk a plugin writes some two gigabytes within it. */
const STORAGE_MS = 10_000;

export function createMetering(options: MeteringOptions): Metering {
  const { db, plugins, sandbox, log, now, clock = () => performance.now() } = options;
  const ledger = new Ledger(now);
  const book = new QuotaBook(options);
  const quotasOf = (pluginId: string) => book.of(pluginId);
  const storage = new StorageBook((pluginId) => db.pluginBytes(pluginId), log);
  const metrics = new MetricsPage(ledger, storage, sandbox);
  let timer: NodeJS.Timeout | undefined;
  let storageTimer: NodeJS.Timeout | undefined;
  return {
    meter: createPluginMeter({ ledger, quotasOf, storage, clock }),
    observe: (call) => metrics.observe(call),
    metrics: { contentType: metrics.contentType, text: () => metrics.text() },
    routes: [...quotaRoutes(book, plugins), ...usageRoutes({ db, plugins, ledger, quotasOf, clock, startedAt: now() })],
    async start() {
      await book.start();
      timer ??= setInterval(() => {
        ledger.sweep(clock());
        void book.refresh();
      }, SWEEP_MS).unref();
      storageTimer ??= setInterval(() => void storage.look(), STORAGE_MS).unref();
    },
    close() {
      clearInterval(timer);
      clearInterval(storageTimer);
      book.stop();
    },
  };
}
