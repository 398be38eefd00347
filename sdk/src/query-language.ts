/** Comparison of one column. A bare value means equality; `null` means "is null". */
export type Comparison<T> =
  | T
  | null
  | {
      eq?: T | null;
      ne?: T | null;
      gt?: T;
      gte?: T;
      lt?: T;
      lte?: T;
      in?: readonly T[];
      /** Case-insensitive substring of a text column; the value is taken literally. */
      contains?: string;
      startsWith?: string;
    };

/** Conditions on columns, all of which must hold; `or` holds alternatives. */
export type Where<Row> = { [Column in keyof Row]?: Comparison<NonNullable<Row[Column]>> } & {
  or?: readonly Where<Row>[];
};

/** `'title'` ascending, `'-createdAt'` descending. */
export type Order<Row> = (keyof Row & string) | `-${keyof Row & string}`;

export interface FindOptions<Row> {
  where?: Where<Row>;
  order?: readonly Order<Row>[];
  /** At most 1,000; 100 when absent. */
  limit?: number;
}

export interface PageOptions<Row> {
  where?: Where<Row>;
  /** At most two columns; the primary key is appended, so that pages neither repeat nor skip rows. */
  order?: readonly Order<Row>[];
  /** 1–100; 20 when absent. */
  limit?: number | undefined;
  /** The `nextCursor` of the page before. A cursor of another order or condition is refused. */
  cursor?: string | undefined;
}

export interface Page<Row> {
  items: Row[];
  /** Absent on the last page. */
  nextCursor?: string;
}

/** CRUD on one table of the plugin's own schema, limited to the caller's tenant by the database. */
export interface TableApi<Row, Insert> {
  find(options?: FindOptions<Row>): Promise<Row[]>;
  /** One row, or `null`. More than one match is an error: `where` must identify. */
  findOne(where: Where<Row>): Promise<Row | null>;
  page(options?: PageOptions<Row>): Promise<Page<Row>>;
  count(where?: Where<Row>): Promise<number>;
  insert(row: Insert): Promise<Row>;
  /** At most 1,000 rows, in one statement. */
  insertMany(rows: readonly Insert[]): Promise<Row[]>;
  /** The changed rows. An empty `where` is refused. */
  update(where: Where<Row>, set: Partial<Row>): Promise<Row[]>;
  /** The number of deleted rows. An empty `where` is refused. */
  delete(where: Where<Row>): Promise<number>;
}
