import type { Route } from '../routes/index.ts';
import type { LicensingDependencies } from './dependencies.ts';
import { createLicenceBook } from './licence-book.ts';
import { licensingRoutes } from './routes.ts';
import { createPluginSwitch } from './switch-plugin.ts';
import type { Licences } from './types.ts';

export interface Licensing {
  /** For everything that must know whether a plugin may be used. */
  readonly licences: Licences;
  readonly routes: Route[];
  /** Stops listening for changes. */
  close(): void;
}

export function createLicensing(deps: LicensingDependencies): Licensing {
  const book = createLicenceBook(deps.db, deps.changes, deps.policy, deps.now);
  return {
    licences: book,
    routes: licensingRoutes(deps, book, createPluginSwitch(deps, book)),
    close: book.close,
  };
}
