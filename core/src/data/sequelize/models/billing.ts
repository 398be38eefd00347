import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
  type ModelAttributeColumnOptions,
} from 'sequelize';
import type { TableDefiner } from './table.ts';

type Provider = 'double' | 'test' | 'live';

/** A tenant as the payment provider knows it. */
export interface BillingCustomer
  extends Model<InferAttributes<BillingCustomer>, InferCreationAttributes<BillingCustomer>> {
  tenantId: CreationOptional<string>;
  provider: Provider;
  customer: string;
  paymentMethod: CreationOptional<{ brand: string; last4: string; expMonth: number; expYear: number } | null>;
  credit: CreationOptional<{ amount: number; currency: string } | null>;
  generation: CreationOptional<number>;
  reconciledAt: CreationOptional<Date | null>;
  createdAt: CreationOptional<Date>;
  updatedAt: CreationOptional<Date>;
}

/** An order of a licence. Amounts in minor units. */
export interface Purchase extends Model<InferAttributes<Purchase>, InferCreationAttributes<Purchase>> {
  tenantId: CreationOptional<string>;
  id: CreationOptional<string>;
  provider: Provider;
  pluginId: string;
  plan: 'one-time' | 'monthly' | 'annual';
  method: 'checkout' | 'intent';
  currency: string;
  unitAmount: number;
  seats: number | null;
  promotionCode: CreationOptional<string | null>;
  trialEndsAt: CreationOptional<Date | null>;
  state: CreationOptional<
    'pending' | 'intent' | 'confirmed' | 'completed' | 'expired' | 'cancelled' | 'refunded' | 'reversed'
  >;
  attempt: CreationOptional<number>;
  session: CreationOptional<string | null>;
  intent: CreationOptional<string | null>;
  subscription: CreationOptional<string | null>;
  charge: CreationOptional<string | null>;
  checkoutUrl: CreationOptional<string | null>;
  amountPaid: CreationOptional<number | null>;
  amountRefunded: CreationOptional<number>;
  dispute: CreationOptional<'open' | 'won' | 'lost' | null>;
  createdBy: string | null;
  createdAt: CreationOptional<Date>;
  updatedAt: CreationOptional<Date>;
  expiresAt: Date;
  completedAt: CreationOptional<Date | null>;
}

/** A subscription as it is at the provider. */
export interface Subscription extends Model<InferAttributes<Subscription>, InferCreationAttributes<Subscription>> {
  tenantId: CreationOptional<string>;
  id: string;
  provider: Provider;
  purchaseId: string | null;
  pluginId: string;
  plan: 'monthly' | 'annual';
  status: string;
  currency: string;
  unitAmount: number;
  quantity: number;
  perSeat: boolean;
  price: string;
  item: string;
  currentPeriodStart: Date | null;
  currentPeriodEnd: Date | null;
  paidUntil: Date | null;
  trialEndsAt: Date | null;
  cancelAt: Date | null;
  endedAt: Date | null;
  latestInvoice: string | null;
  /** What it becomes when `latestInvoice` is paid in time. */
  pendingPlan: CreationOptional<'monthly' | 'annual' | null>;
  pendingQuantity: CreationOptional<number | null>;
  pendingUnitAmount: CreationOptional<number | null>;
  pendingDue: CreationOptional<number | null>;
  pendingUntil: CreationOptional<Date | null>;
  dispute: CreationOptional<'open' | 'won' | 'lost' | null>;
  createdAt: Date;
  updatedAt: CreationOptional<Date>;
}

/** An invoice as it is at the provider. */
export interface Invoice extends Model<InferAttributes<Invoice>, InferCreationAttributes<Invoice>> {
  tenantId: CreationOptional<string>;
  id: string;
  provider: Provider;
  pluginId: string | null;
  subscription: string | null;
  number: string | null;
  status: string;
  reason: string | null;
  currency: string;
  total: number;
  amountDue: number;
  amountPaid: number;
  tax: number;
  hostedUrl: string | null;
  pdfUrl: string | null;
  attempts: number;
  nextAttemptAt: Date | null;
  needsAction: boolean;
  createdAt: Date;
  paidAt: Date | null;
  updatedAt: CreationOptional<Date>;
}

/** The driver gives `bigint` as text. */
function whole(name: string, column: Partial<ModelAttributeColumnOptions> = {}): ModelAttributeColumnOptions {
  return {
    allowNull: false,
    ...column,
    type: DataTypes.BIGINT,
    get(this: Model): number | null {
      const value: unknown = this.getDataValue(name);
      return value === null || value === undefined ? null : Number(value);
    },
  };
}

export function defineBilling({ table, tenantId, uuid }: TableDefiner) {
  const text = () => ({ type: DataTypes.TEXT, allowNull: false });
  const owned = () => ({ ...tenantId(), primaryKey: true });
  const named = () => ({ ...text(), primaryKey: true });
  return {
    BillingCustomer: table<BillingCustomer>('BillingCustomer', 'billing_customers', ['createdAt', 'updatedAt'], {
      tenantId: owned(),
      provider: named(),
      customer: text(),
      paymentMethod: DataTypes.JSONB,
      credit: DataTypes.JSONB,
      generation: whole('generation', { defaultValue: 0 }),
      reconciledAt: DataTypes.DATE,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    }),
    Purchase: table<Purchase>('Purchase', 'purchases', ['createdAt', 'updatedAt'], {
      tenantId: tenantId(),
      id: uuid(),
      provider: text(),
      pluginId: text(),
      plan: text(),
      method: text(),
      currency: text(),
      unitAmount: whole('unitAmount'),
      seats: DataTypes.INTEGER,
      promotionCode: DataTypes.TEXT,
      trialEndsAt: DataTypes.DATE,
      state: { ...text(), defaultValue: 'pending' },
      attempt: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 1 },
      session: DataTypes.TEXT,
      intent: DataTypes.TEXT,
      subscription: DataTypes.TEXT,
      charge: DataTypes.TEXT,
      checkoutUrl: DataTypes.TEXT,
      amountPaid: whole('amountPaid', { allowNull: true }),
      amountRefunded: whole('amountRefunded', { defaultValue: 0 }),
      dispute: DataTypes.TEXT,
      createdBy: DataTypes.UUID,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
      expiresAt: { type: DataTypes.DATE, allowNull: false },
      completedAt: DataTypes.DATE,
    }),
    Subscription: table<Subscription>('Subscription', 'subscriptions', ['updatedAt'], {
      tenantId: owned(),
      id: named(),
      provider: text(),
      purchaseId: DataTypes.UUID,
      pluginId: text(),
      plan: text(),
      status: text(),
      currency: text(),
      unitAmount: whole('unitAmount'),
      quantity: { type: DataTypes.INTEGER, allowNull: false },
      perSeat: { type: DataTypes.BOOLEAN, allowNull: false },
      price: text(),
      item: text(),
      currentPeriodStart: DataTypes.DATE,
      currentPeriodEnd: DataTypes.DATE,
      paidUntil: DataTypes.DATE,
      trialEndsAt: DataTypes.DATE,
      cancelAt: DataTypes.DATE,
      endedAt: DataTypes.DATE,
      latestInvoice: DataTypes.TEXT,
      pendingPlan: DataTypes.TEXT,
      pendingQuantity: DataTypes.INTEGER,
      pendingUnitAmount: whole('pendingUnitAmount', { allowNull: true }),
      pendingDue: whole('pendingDue', { allowNull: true }),
      pendingUntil: DataTypes.DATE,
      dispute: DataTypes.TEXT,
      createdAt: { type: DataTypes.DATE, allowNull: false },
      updatedAt: DataTypes.DATE,
    }),
    Invoice: table<Invoice>('Invoice', 'invoices', ['updatedAt'], {
      tenantId: owned(),
      id: named(),
      provider: text(),
      pluginId: DataTypes.TEXT,
      subscription: DataTypes.TEXT,
      number: DataTypes.TEXT,
      status: text(),
      reason: DataTypes.TEXT,
      currency: text(),
      total: whole('total'),
      amountDue: whole('amountDue'),
      amountPaid: whole('amountPaid'),
      tax: whole('tax', { defaultValue: 0 }),
      hostedUrl: DataTypes.TEXT,
      pdfUrl: DataTypes.TEXT,
      attempts: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
      nextAttemptAt: DataTypes.DATE,
      needsAction: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
      createdAt: { type: DataTypes.DATE, allowNull: false },
      paidAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    }),
  };
}
