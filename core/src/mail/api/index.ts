import type { Route } from '../../routes/index.ts';
import { logRoutes } from './log-routes.ts';
import { mailboxRoutes } from './mailbox-routes.ts';
import type { MailApi } from './options.ts';

export function mailRoutes(api: MailApi): Route[] {
  return [...mailboxRoutes(api), ...logRoutes(api)];
}
