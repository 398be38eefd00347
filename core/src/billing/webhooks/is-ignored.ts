import type { ProviderEvent } from '../gateway/index.ts';
import type { AccountEvents } from './worker.ts';

/**
 * Whether an event is about nothing that is kept here. It is stored all the same, so that operators can see that it
 * came.
 */
export function isIgnored({ type, account, subjects }: ProviderEvent, accounts: AccountEvents | undefined): boolean {
  return account === null ? Object.keys(subjects).length === 0 : !accounts?.handles(type);
}
