import type { HostOperation, HostOperations } from '@bazaar/sdk/host';
import type { Session } from '../session.ts';

/** How the kernel carries out one operation for an invocation. */
export type Perform<Op extends HostOperation> = (
  session: Session,
  args: HostOperations[Op]['args'],
) => HostOperations[Op]['result'] | Promise<HostOperations[Op]['result']>;

/** The operations of one group, e.g. all that begin with `db.`. */
export type OperationGroup<Prefix extends string> = {
  [Op in Extract<HostOperation, `${Prefix}.${string}`>]: Perform<Op>;
};
