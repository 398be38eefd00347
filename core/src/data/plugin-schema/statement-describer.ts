import type { ClientBase } from 'pg';
import { describeStatement, type StatementShape } from './describe-statement.ts';

/** Asks PostgreSQL about statements, some of which may be wrong, without spoiling the transaction the session is in. */
export class Describer {
  readonly #session: ClientBase;
  readonly #inTransaction: boolean;

  private constructor(session: ClientBase, inTransaction: boolean) {
    this.#session = session;
    this.#inTransaction = inTransaction;
  }

  static async on(session: ClientBase): Promise<Describer> {
    const inTransaction = session.getTransactionStatus() === 'T';
    if (inTransaction) await session.query('savepoint describing');
    return new Describer(session, inTransaction);
  }

  /** Rejects with PostgreSQL's error when the statement is not valid. */
  async describe(text: string): Promise<StatementShape> {
    try {
      return await describeStatement(this.#session, text);
    } catch (error) {
      if (this.#inTransaction) await this.#session.query('rollback to savepoint describing');
      throw error;
    }
  }
}
