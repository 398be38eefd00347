import type { ColumnDescription } from '../../data/index.ts';

/** Types as the data room hands values over: integers that JavaScript counts exactly are numbers, the rest text. */
const SCALARS: Record<string, string> = {
  bool: 'boolean',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  float4: 'number',
  float8: 'number',
  oid: 'number',
  json: 'JsonValue',
  jsonb: 'JsonValue',
};

/** TypeScript type of a column's value, `| null` included. */
export function columnType(column: ColumnDescription): string {
  const isArray = column.type.startsWith('_');
  const scalar = SCALARS[isArray ? column.type.slice(1) : column.type] ?? 'string';
  const type = isArray ? `${scalar}[]` : scalar;
  return column.nullable ? `${type} | null` : type;
}

/** Whether `insert` may leave the column out. */
export function isOptionalAtInsert(column: ColumnDescription): boolean {
  return column.hasDefault || column.nullable;
}
