import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
} from 'sequelize';
import type { Sealer } from '../../../secrets/index.ts';
import type { TableDefiner } from './table.ts';

/** A tenant writes letters and reads none. */
export interface Mail extends Model<InferAttributes<Mail>, InferCreationAttributes<Mail>> {
  tenantId: string;
  id: string;
  template: string;
  locale: 'en' | 'de';
  toAddress: string;
  toName: CreationOptional<string | null>;
  key: CreationOptional<string | null>;
  /** JSON of subject and bodies. Sealed in the database; `null` when forgotten, or sealed with another key. */
  letter: CreationOptional<string | null>;
  state: CreationOptional<'queued' | 'sent' | 'captured' | 'failed'>;
  attempts: CreationOptional<number>;
  dueAt: CreationOptional<Date>;
  createdAt: CreationOptional<Date>;
  settledAt: CreationOptional<Date | null>;
}

const PLACE = 'mail';

export function defineMail({ table, tenantId }: TableDefiner, sealer: Sealer) {
  return {
    Mail: table<Mail>('Mail', 'mails', ['createdAt'], {
      tenantId: { ...tenantId(), primaryKey: true },
      id: { type: DataTypes.UUID, allowNull: false, primaryKey: true },
      template: { type: DataTypes.TEXT, allowNull: false },
      locale: { type: DataTypes.TEXT, allowNull: false },
      toAddress: { type: DataTypes.TEXT, allowNull: false },
      toName: DataTypes.TEXT,
      key: DataTypes.TEXT,
      letter: {
        type: DataTypes.BLOB,
        get(this: Mail): string | null {
          const sealed: unknown = this.getDataValue('letter');
          return Buffer.isBuffer(sealed) ? sealer.open(PLACE, sealed) : null;
        },
        set(this: Mail, text: string | null): void {
          this.setDataValue('letter', (text === null ? null : sealer.seal(PLACE, text)) as string | null);
        },
      },
      state: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'queued' },
      attempts: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
      dueAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DataTypes.NOW },
      createdAt: DataTypes.DATE,
      settledAt: DataTypes.DATE,
    }),
  };
}
