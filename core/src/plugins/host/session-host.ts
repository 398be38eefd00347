import { assertJson, type Host, type HostOperation, type HostOperations, NotJsonError } from '@bazaar/sdk/host';
import { ApiError } from '../../errors/index.ts';
import { asProblem } from '../boundary/problems.ts';
import { countResult } from './count-result.ts';
import { OPERATIONS } from './operations/index.ts';
import type { Session } from './session.ts';

/** Arguments of one operation: large enough for a document's text, small enough to be harmless. */
const ARGUMENT_LIMITS = { maxCharacters: 8 * 1024 * 1024, maxValues: 200_000 };

/** The way out of a handler: every host call of one invocation comes here, whichever tier it runs in. */
export class SessionHost implements Host {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async call<Op extends HostOperation>(
    operation: Op,
    args: HostOperations[Op]['args'],
  ): Promise<HostOperations[Op]['result']> {
    this.#session.assertOpen(operation);
    const perform = OPERATIONS[operation];
    if (!perform) throw new Error(`the kernel has no operation "${operation}"`);
    try {
      assertJson(args, ARGUMENT_LIMITS);
    } catch (error) {
      if (!(error instanceof NotJsonError)) throw error;
      throw new TypeError(`arguments of "${operation}" must be JSON: ${error.message}`);
    }
    const { meter } = this.#session;
    try {
      meter.operation(operation);
      const result = await perform(this.#session, args);
      countResult(meter, operation, result);
      return result;
    } catch (error) {
      // Kernel errors do not cross the boundary: plugins get problems.
      if (!(error instanceof ApiError)) throw error;
      this.#session.refused(error);
      throw asProblem(error);
    }
  }
}
