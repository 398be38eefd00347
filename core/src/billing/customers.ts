import type { BillingDependencies } from './dependencies.ts';
import type { Payer } from './projection/projector.ts';

/** Tenants as customers of the provider. */
export interface Customers {
  /** Made when there is none yet. */
  ensure(tenantId: string): Promise<Payer>;
  find(tenantId: string): Promise<Payer | null>;
  byCustomer(customer: string): Promise<Payer | null>;
}

export function createCustomers({ db, gateway }: BillingDependencies): Customers {
  const { provider } = gateway;

  async function find(tenantId: string): Promise<Payer | null> {
    const { rows } = await db.platform.query<Payer>(
      'select tenant_id as "tenantId", customer from core.billing_customers where tenant_id = $1 and provider = $2',
      [tenantId, provider],
    );
    return rows[0] ?? null;
  }

  return {
    find,
    async ensure(tenantId) {
      const known = await find(tenantId);
      if (known) return known;
      const { rows } = await db.platform.query<{ name: string; email: string | null }>(
        `select t.name, (
           select u.email from core.membership_roles r join core.users u on u.id = r.user_id
            where r.tenant_id = t.id and r.role = 'owner' order by u.created_at, u.id limit 1) as email
           from core.tenants t where t.id = $1`,
        [tenantId],
      );
      const [tenant] = rows;
      if (!tenant) throw new Error('a tenant that is not there can not pay');
      const customer = await gateway.createCustomer(
        { id: tenantId, name: tenant.name, email: tenant.email ?? '' },
        `customer:${tenantId}`,
      );
      await db.platform.query(
        `insert into core.billing_customers (tenant_id, provider, customer) values ($1, $2, $3)
         on conflict (tenant_id, provider) do nothing`,
        [tenantId, provider, customer],
      );
      // Of two who made one at the same moment, both go on with the one that was kept.
      return (await find(tenantId)) ?? { tenantId, customer };
    },
    async byCustomer(customer) {
      const { rows } = await db.platform.query<Payer>(
        'select tenant_id as "tenantId", customer from core.billing_customers where customer = $1 and provider = $2',
        [customer, provider],
      );
      return rows[0] ?? null;
    },
  };
}
