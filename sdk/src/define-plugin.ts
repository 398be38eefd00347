import type { Context } from './context.ts';
import type { Contract } from './contract.ts';
import type { PersonErasure, PersonExport, PersonExportRequest, PersonIdentity } from './privacy.ts';

/** One delivered event. The same `id` can arrive again only if the effect of the first was rolled back. */
export interface DeliveredEvent<Payload> {
  id: string;
  /** Full name, e.g. `job-board.application.submitted`. */
  name: string;
  version: number;
  subject: string;
  occurredAt: string;
  payload: Payload;
}

export interface PluginDefinition<C extends Contract> {
  /** One handler for each action of the manifest. */
  actions: {
    [Name in keyof C['actions']]: (
      ctx: Context<C>,
      input: C['actions'][Name]['input'],
    ) => Promise<C['actions'][Name]['output']>;
  };
  /** One handler for each subscription of the manifest, by the event's full name. */
  subscriptions?: {
    [Name in keyof C['subscriptions']]: (
      ctx: Context<C>,
      event: DeliveredEvent<C['subscriptions'][Name]>,
    ) => Promise<void>;
  };
  /** Fills a demo tenant with the data the manifest names for it. Runs once per tenant, in demo mode only. */
  demo?: (ctx: Context<C>, data: never) => Promise<void>;
  /**
   * Tells all that is known of a person, changing nothing; what does not fit into one answer in several. With
   * `privacy.export` in the manifest. Runs whatever the tenant's licence, also while the plugin is switched off.
   */
  exportPerson?: (ctx: Context<C>, person: PersonExportRequest) => Promise<PersonExport>;
  /**
   * Forgets a person: rows, texts about them, files. With `privacy.erase` in the manifest. Runs as `exportPerson` does,
   * and may run again: what is gone is then counted no more.
   */
  erasePerson?: (ctx: Context<C>, person: PersonIdentity) => Promise<PersonErasure>;
}

/** The default export of a plugin's `src/plugin.ts`: names its handlers and does nothing else. */
export function definePlugin<C extends Contract>(definition: PluginDefinition<C>): PluginDefinition<C> {
  return definition;
}
