/**
 * The static shape of one plugin: what `bazaar plugin types <folder>` generates from its manifest, migrations
 * and named queries. Everything typed in a handler comes from here.
 */
export interface Contract {
  tables: Record<string, TableContract>;
  queries: Record<string, QueryContract>;
  actions: Record<string, ActionContract>;
  /** Events this plugin emits: name without the plugin's id → payload. */
  events: Record<string, object>;
  /** Events of any plugin that this plugin subscribes to: full name (`plugin.event`) → payload. */
  subscriptions: Record<string, object>;
  /** Actions of other plugins that this plugin may call: full name (`plugin.action`) → shapes. */
  calls: Record<string, ActionContract>;
  settings: object;
}

export interface TableContract {
  /** A stored row, camelCase, without `tenant_id`; timestamps are ISO 8601 strings, `numeric` is a string. */
  row: object;
  /** What `insert` accepts: generated columns and columns with a default are optional. */
  insert: object;
}

export interface QueryContract {
  params: object;
  row: object;
}

export interface ActionContract {
  input: object;
  output: unknown;
}
