import type { Route } from '../routes/index.ts';
import type { LicensingDependencies } from './dependencies.ts';
import { createLicenceBook } from './licence-book.ts';
import { licensingRoutes } from './routes.ts';
import { createPluginSwitch, type PluginSwitch } from './switch-plugin.ts';
import type { Licences } from './types.ts';

export interface Licensing {
  /** For everything that must know whether a plugin may be used. */
  readonly licences: Licences;
  readonly routes: Route[];
  /** For whoever may switch plugins of any tenant. */
  readonly pluginSwitch: PluginSwitch;
  /** Stops listening for changes. */
  close(): void;
}

export function createLicensing(deps: LicensingDependencies): Licensing {
  const book = createLicenceBook(deps.db, deps.changes, deps.policy, deps.now);
  const pluginSwitch = createPluginSwitch(deps, book);
  return {
    licences: book,
    pluginSwitch,
    routes: licensingRoutes(deps, book, pluginSwitch),
    close: book.close,
  };
}
