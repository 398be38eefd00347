import {
  DataTypes,
  type Model,
  type ModelAttributeColumnOptions,
  type ModelAttributes,
  type ModelStatic,
  type Sequelize,
} from 'sequelize';

/** What the model files need to define tables on one Sequelize instance. */
export interface TableDefiner {
  /** Table of schema `core`; attributes are camelCase, columns snake_case. */
  table<M extends Model>(
    name: string,
    tableName: string,
    timestamps: readonly ('createdAt' | 'updatedAt')[],
    attributes: ModelAttributes<M>,
  ): ModelStatic<M>;
  /** Filled from the transaction's tenant; the platform role names it itself. */
  tenantId(): ModelAttributeColumnOptions;
  /** Primary key on its own for Sequelize: a random uuid is unique across tenants. */
  uuid(): ModelAttributeColumnOptions;
}

export function tableDefiner(sequelize: Sequelize, currentTenant: () => string | undefined): TableDefiner {
  return {
    table: <M extends Model>(
      name: string,
      tableName: string,
      timestamps: readonly ('createdAt' | 'updatedAt')[],
      attributes: ModelAttributes<M>,
    ) =>
      sequelize.define<M>(name, attributes, {
        schema: 'core',
        tableName,
        underscored: true,
        freezeTableName: true,
        timestamps: timestamps.length > 0,
        createdAt: timestamps.includes('createdAt') ? 'createdAt' : false,
        updatedAt: timestamps.includes('updatedAt') ? 'updatedAt' : false,
      }),
    tenantId: () => ({ type: DataTypes.UUID, allowNull: false, defaultValue: currentTenant }),
    uuid: () => ({ type: DataTypes.UUID, allowNull: false, primaryKey: true, defaultValue: DataTypes.UUIDV4 }),
  };
}
