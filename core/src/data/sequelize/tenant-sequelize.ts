import { AsyncLocalStorage } from 'node:async_hooks';
import { type Options, type QueryOptions, Sequelize, type Transaction, type TransactionOptions } from 'sequelize';

/** What one transaction of this instance is bound to. */
export interface UnitScope {
  /** Absent for the platform role. */
  tenantId?: string;
}

interface Unit {
  scope: UnitScope;
  transaction: Transaction;
}

/** The parts of Sequelize 6 that its types leave out. */
interface TransactionInside {
  sequelize: Sequelize;
  parent?: Transaction;
  options: TransactionOptions & { scope?: UnitScope };
  connection: {
    readyForQuery: boolean;
    getTransactionStatus(): 'I' | 'T' | 'E' | null;
    query(text: string): Promise<unknown>;
  };
}

interface QueryGenerator {
  startTransactionQuery(transaction: TransactionInside): string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Sequelize for one database role, every query of which runs in the unit of work that called it:
 * - a query outside a unit, or after its end, is refused: it would run without tenant;
 * - a query handed another instance's transaction is refused: it would run with that role's rights;
 * - `transaction()` inside a unit is a savepoint of it: a second connection would see neither its rows nor its tenant;
 * - a unit in which a failed statement was swallowed rejects: PostgreSQL turns its COMMIT into a silent ROLLBACK.
 * Each instance has its own storage (Sequelize.useCLS is shared by all instances of the process).
 */
export class TenantSequelize extends Sequelize {
  private readonly units = new AsyncLocalStorage<Unit>();

  constructor(options: Options) {
    super(options);
    // findOrCreate would catch a duplicate in a temporary function, which our roles may not make.
    const inside = this as unknown as { dialect: { supports: Record<string, unknown> } };
    inside.dialect.supports = { ...inside.dialect.supports, EXCEPTION: false };
    const generator = this.getQueryInterface().queryGenerator as QueryGenerator;
    const start = generator.startTransactionQuery.bind(generator);
    generator.startTransactionQuery = (transaction) => {
      const tenantId = transaction.options.scope?.tenantId;
      if (transaction.parent || tenantId === undefined) return start(transaction);
      return `START TRANSACTION; SET LOCAL app.tenant_id = '${tenantId}';`;
    };
  }

  /** Scope of the calling unit of work. */
  currentScope(): UnitScope | undefined {
    return this.units.getStore()?.scope;
  }

  /** Runs `work` in one transaction; inside a unit of the same scope it joins that one. */
  async unit<T>(scope: UnitScope, work: () => Promise<T>): Promise<T> {
    if (scope.tenantId !== undefined && !UUID.test(scope.tenantId)) throw new Error('tenant id is not a uuid');
    const outer = this.units.getStore();
    if (outer && !(outer.transaction as Transaction & { finished?: string }).finished) {
      if (outer.scope.tenantId === scope.tenantId) return work();
      throw new Error('a unit of work of one tenant cannot be opened inside that of another');
    }
    const options: TransactionOptions & { scope: UnitScope } = { scope };
    return super.transaction(options, (transaction) =>
      this.units.run({ scope, transaction }, async () => {
        const result = await work();
        const { connection } = transaction as unknown as TransactionInside;
        // An error reaches its caller before the server has told the state of the transaction.
        if (!connection.readyForQuery) await connection.query('select 1').catch(() => undefined);
        if (connection.getTransactionStatus() === 'E') {
          throw new Error('the transaction is aborted: an error of a statement was swallowed');
        }
        return result;
      }),
    );
  }

  override query(sql: string | { query: string; values: unknown[] }, options: QueryOptions = {}): Promise<never> {
    const transaction = options.transaction ?? this.units.getStore()?.transaction;
    if (!transaction) return Promise.reject(new Error('query outside a unit of work'));
    if ((transaction as unknown as TransactionInside).sequelize !== this) {
      return Promise.reject(new Error("query with another role's transaction"));
    }
    return super.query(sql, { ...options, transaction }) as Promise<never>;
  }

  override transaction<T>(
    first?: TransactionOptions | ((transaction: Transaction) => PromiseLike<T>),
    second?: (transaction: Transaction) => PromiseLike<T>,
  ): Promise<never> {
    const unit = this.units.getStore();
    if (!unit) return Promise.reject(new Error('transaction outside a unit of work'));
    const callback = typeof first === 'function' ? first : second;
    const options = { ...(typeof first === 'function' ? {} : first), transaction: unit.transaction };
    const nested = callback ? super.transaction(options, callback) : super.transaction(options);
    return nested as Promise<never>;
  }
}
