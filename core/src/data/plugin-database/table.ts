import type { ColumnDescription } from '../types.ts';
import { TableApiMisuse } from './errors.ts';

/** A table as the catalogue describes it after the plugin's migrations. `name` is snake_case. */
export interface CatalogueTable {
  name: string;
  columns: ColumnDescription[];
  /** Columns of the primary key, snake_case, `tenant_id` included. */
  primaryKey: string[];
  /** The same for all tenants: without tenant_id and read-only. */
  shared: boolean;
  /** Columns, snake_case, that each constraint and unique index speaks of, by its name. */
  constraints?: ReadonlyMap<string, readonly string[]>;
}

export const quote = (identifier: string) => `"${identifier.replaceAll('"', '""')}"`;

/** A table prepared for making statements: names are looked up here and come from nowhere else. */
export class Table {
  readonly name: string;
  /** Schema-qualified and quoted. */
  readonly sqlName: string;
  readonly shared: boolean;
  /** What plugins see, in catalogue order: everything but the tenant. */
  readonly columns: readonly ColumnDescription[];
  /** camelCase names in the order of `selectList`. */
  readonly fields: readonly string[];
  readonly selectList: string;
  /** The primary key without the tenant. */
  readonly key: readonly ColumnDescription[];
  readonly constraints: ReadonlyMap<string, readonly string[]>;
  readonly #byName: ReadonlyMap<string, ColumnDescription>;

  constructor(schema: string, table: CatalogueTable) {
    this.name = table.name;
    this.sqlName = `${quote(schema)}.${quote(table.name)}`;
    this.shared = table.shared;
    this.constraints = table.constraints ?? new Map();
    this.columns = table.columns.filter((column) => column.column !== 'tenant_id');
    this.fields = this.columns.map((column) => column.name);
    this.selectList = this.columns.map((column) => quote(column.column)).join(', ');
    this.#byName = new Map(this.columns.map((column) => [column.name, column]));
    this.key = this.columns.filter((column) => table.primaryKey.includes(column.column));
  }

  column(name: string): ColumnDescription {
    const column = this.#byName.get(name);
    if (!column) throw new TableApiMisuse(`table “${this.name}” has no column “${name}”`);
    return column;
  }
}
