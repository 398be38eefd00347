import type { HostOperation } from '@bazaar/sdk/host';
import { actions } from './actions.ts';
import { db } from './db.ts';
import { documents } from './documents.ts';
import { events } from './events.ts';
import { files } from './files.ts';
import { http } from './http.ts';
import { log } from './log.ts';
import { progress } from './progress.ts';
import { settings } from './settings.ts';
import { tasks } from './tasks.ts';
import type { Perform } from './types.ts';
import { users } from './users.ts';

/** Every operation of the contract; without a prototype, because names may come from another process. */
export const OPERATIONS: { readonly [Op in HostOperation]: Perform<Op> } = Object.freeze(
  Object.assign(Object.create(null) as object, {
    ...db,
    ...events,
    ...actions,
    ...settings,
    ...files,
    ...documents,
    ...tasks,
    ...users,
    ...progress,
    ...http,
    ...log,
  }),
);
