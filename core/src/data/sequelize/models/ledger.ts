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

/** Who sells plugins, and its account at the payment provider. */
export interface Publisher extends Model<InferAttributes<Publisher>, InferCreationAttributes<Publisher>> {
  id: CreationOptional<string>;
  provider: Provider;
  /** As manifests name it. */
  name: string;
  account: CreationOptional<string | null>;
  country: CreationOptional<string | null>;
  email: CreationOptional<string | null>;
  detailsSubmitted: CreationOptional<boolean>;
  chargesEnabled: CreationOptional<boolean>;
  payoutsEnabled: CreationOptional<boolean>;
  requirements: CreationOptional<string[]>;
  /** A decimal as text; the platform's own percentage when null. */
  feePercent: CreationOptional<string | null>;
  createdAt: CreationOptional<Date>;
  updatedAt: CreationOptional<Date>;
}

/** Something that moved money, with the entries that say between what. Never changed. */
export interface LedgerBooking extends Model<InferAttributes<LedgerBooking>, InferCreationAttributes<LedgerBooking>> {
  id: CreationOptional<string>;
  provider: Provider;
  kind: string;
  key: string;
  tenantId: string | null;
  pluginId: string | null;
  publisherId: string | null;
  charge: string | null;
  currency: string;
  occurredAt: Date;
  availableAt: Date;
  createdAt: CreationOptional<Date>;
}

export interface LedgerEntry extends Model<InferAttributes<LedgerEntry>, InferCreationAttributes<LedgerEntry>> {
  bookingId: string;
  line: number;
  account: string;
  /** Minor units. */
  amount: number;
}

/** A publisher's share on its way to its account. */
export interface PublisherTransfer
  extends Model<InferAttributes<PublisherTransfer>, InferCreationAttributes<PublisherTransfer>> {
  id: CreationOptional<string>;
  provider: Provider;
  publisherId: string;
  account: string;
  currency: string;
  amount: number;
  attempt: CreationOptional<number>;
  transfer: CreationOptional<string | null>;
  lastError: CreationOptional<string | null>;
  createdAt: CreationOptional<Date>;
  sentAt: CreationOptional<Date | null>;
}

/** What is taken back of a transfer. Neither done nor refused: on its way. */
export interface PublisherReversal
  extends Model<InferAttributes<PublisherReversal>, InferCreationAttributes<PublisherReversal>> {
  id: CreationOptional<string>;
  provider: Provider;
  publisherId: string;
  transferId: string;
  currency: string;
  amount: number;
  reversal: CreationOptional<string | null>;
  lastError: CreationOptional<string | null>;
  createdAt: CreationOptional<Date>;
  doneAt: CreationOptional<Date | null>;
  refusedAt: CreationOptional<Date | null>;
}

/** A payment that the payer's bank takes back, as it is at the provider. */
interface Dispute extends Model<InferAttributes<Dispute>, InferCreationAttributes<Dispute>> {
  tenantId: CreationOptional<string>;
  id: string;
  provider: Provider;
  pluginId: string;
  purchaseId: string | null;
  subscription: string | null;
  charge: string;
  amount: number;
  currency: string;
  reason: string;
  state: 'open' | 'won' | 'lost';
  dueAt: Date | null;
  createdAt: Date;
  updatedAt: CreationOptional<Date>;
}

/** What the provider paid out of a publisher's account, as it is now. */
interface PublisherPayout extends Model<InferAttributes<PublisherPayout>, InferCreationAttributes<PublisherPayout>> {
  provider: Provider;
  id: string;
  publisherId: string;
  currency: string;
  amount: number;
  status: string;
  failure: string | null;
  arrivalAt: Date;
  createdAt: Date;
  updatedAt: CreationOptional<Date>;
}

/** PostgreSQL hands `bigint` over as text. */
function amount(): ModelAttributeColumnOptions {
  return {
    allowNull: false,
    type: DataTypes.BIGINT,
    get(this: Model): number {
      return Number(this.getDataValue('amount'));
    },
  };
}

export function defineLedger({ table, tenantId, uuid }: TableDefiner) {
  const text = () => ({ type: DataTypes.TEXT, allowNull: false });
  const flag = () => ({ type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false });
  const moment = () => ({ type: DataTypes.DATE, allowNull: false });
  return {
    Publisher: table<Publisher>('Publisher', 'publishers', ['createdAt', 'updatedAt'], {
      id: uuid(),
      provider: text(),
      name: text(),
      account: DataTypes.TEXT,
      country: DataTypes.TEXT,
      email: DataTypes.TEXT,
      detailsSubmitted: flag(),
      chargesEnabled: flag(),
      payoutsEnabled: flag(),
      requirements: { type: DataTypes.JSONB, allowNull: false, defaultValue: [] },
      feePercent: DataTypes.DECIMAL(5, 2),
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    }),
    LedgerBooking: table<LedgerBooking>('LedgerBooking', 'ledger_bookings', ['createdAt'], {
      id: uuid(),
      provider: text(),
      kind: text(),
      key: text(),
      tenantId: DataTypes.UUID,
      pluginId: DataTypes.TEXT,
      publisherId: DataTypes.UUID,
      charge: DataTypes.TEXT,
      currency: text(),
      occurredAt: moment(),
      availableAt: moment(),
      createdAt: DataTypes.DATE,
    }),
    LedgerEntry: table<LedgerEntry>('LedgerEntry', 'ledger_entries', [], {
      bookingId: { type: DataTypes.UUID, allowNull: false, primaryKey: true },
      line: { type: DataTypes.SMALLINT, allowNull: false, primaryKey: true },
      account: text(),
      amount: amount(),
    }),
    PublisherTransfer: table<PublisherTransfer>('PublisherTransfer', 'publisher_transfers', ['createdAt'], {
      id: uuid(),
      provider: text(),
      publisherId: { type: DataTypes.UUID, allowNull: false },
      account: text(),
      currency: text(),
      amount: amount(),
      attempt: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 1 },
      transfer: DataTypes.TEXT,
      lastError: DataTypes.TEXT,
      createdAt: DataTypes.DATE,
      sentAt: DataTypes.DATE,
    }),
    PublisherReversal: table<PublisherReversal>('PublisherReversal', 'publisher_reversals', ['createdAt'], {
      id: uuid(),
      provider: text(),
      publisherId: { type: DataTypes.UUID, allowNull: false },
      transferId: { type: DataTypes.UUID, allowNull: false },
      currency: text(),
      amount: amount(),
      reversal: DataTypes.TEXT,
      lastError: DataTypes.TEXT,
      createdAt: DataTypes.DATE,
      doneAt: DataTypes.DATE,
      refusedAt: DataTypes.DATE,
    }),
    Dispute: table<Dispute>('Dispute', 'disputes', ['updatedAt'], {
      tenantId: { ...tenantId(), primaryKey: true },
      id: { ...text(), primaryKey: true },
      provider: text(),
      pluginId: text(),
      purchaseId: DataTypes.UUID,
      subscription: DataTypes.TEXT,
      charge: text(),
      amount: amount(),
      currency: text(),
      reason: text(),
      state: text(),
      dueAt: DataTypes.DATE,
      createdAt: moment(),
      updatedAt: DataTypes.DATE,
    }),
    PublisherPayout: table<PublisherPayout>('PublisherPayout', 'publisher_payouts', ['updatedAt'], {
      provider: { ...text(), primaryKey: true },
      id: { ...text(), primaryKey: true },
      publisherId: { type: DataTypes.UUID, allowNull: false },
      currency: text(),
      amount: amount(),
      status: text(),
      failure: DataTypes.TEXT,
      arrivalAt: moment(),
      createdAt: moment(),
      updatedAt: DataTypes.DATE,
    }),
  };
}
