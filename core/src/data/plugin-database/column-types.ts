import type { JsonValue } from '@bazaar/sdk';
import type { CustomTypesConfig } from 'pg';
import pg from 'pg';
import { WrongValue } from './errors.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const OID = { bytea: 17, int8: 20, json: 114, jsonb: 3802, timestamp: 1114, timestamptz: 1184, date: 1082 };
const ARRAY_OID = { int8: 1016, timestamp: 1115, timestamptz: 1185, date: 1182, uuid: 2951, numeric: 1231 };

/** `2026-11-21 03:00:00.123456+00` → `2026-11-21T03:00:00.123456Z`: all digits, so that equality finds the row again. */
function timestamp(text: string): string {
  return `${text.replace(' ', 'T').replace(/[+]00$/, '')}Z`;
}

function integer(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`integer ${text} is outside the safe range of JSON numbers`);
  return value;
}

function exactInteger(text: string): number | string {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
}

/** The driver knows text[] by this number; its declarations list only the scalar types. */
const TEXT_ARRAY: number = 1009;

const keep = (text: string) => text;
const textArray = pg.types.getTypeParser(TEXT_ARRAY as never, 'text') as (text: string) => (string | null)[];
const arrayOf = (parse: (text: string) => JsonValue) => (text: string) =>
  textArray(text).map((item) => (item === null ? null : parse(item)));

const PARSERS = new Map<number, (text: string) => unknown>([
  [OID.int8, integer],
  [OID.bytea, (text) => Buffer.from(text.slice(2), 'hex').toString('base64')],
  [OID.timestamp, timestamp],
  [OID.timestamptz, timestamp],
  [OID.date, keep],
  [ARRAY_OID.int8, arrayOf(integer)],
  [ARRAY_OID.timestamp, arrayOf(timestamp)],
  [ARRAY_OID.timestamptz, arrayOf(timestamp)],
  [ARRAY_OID.date, textArray],
  [ARRAY_OID.uuid, textArray],
  [ARRAY_OID.numeric, textArray],
]);

const PARSED_BY_DRIVER = new Set([
  16,
  21,
  23,
  26,
  700,
  701,
  OID.json,
  OID.jsonb,
  1000,
  1005,
  1007,
  1009,
  1015,
  1021,
  1022,
]);

/** How columns become JSON: what no rule names stays PostgreSQL's text (numeric, interval, enum …). */
export const JSON_TYPES: CustomTypesConfig = {
  getTypeParser(oid: number) {
    const own = PARSERS.get(oid);
    if (own) return own;
    return PARSED_BY_DRIVER.has(oid) ? pg.types.getTypeParser(oid, 'text') : keep;
  },
} as CustomTypesConfig;

/** As `JSON_TYPES`, with integers that a JSON number cannot hold as text: for copies, which must not fail or round. */
export const exactJsonTypes: CustomTypesConfig = {
  getTypeParser(oid: number) {
    if (oid === OID.int8) return exactInteger;
    if (oid === ARRAY_OID.int8) return arrayOf(exactInteger);
    return JSON_TYPES.getTypeParser(oid as never, 'text');
  },
} as CustomTypesConfig;

export function isUuid(value: unknown): boolean {
  return typeof value === 'string' && UUID.test(value);
}

/**
 * One JSON value as a parameter for a column or query parameter of `type`. Throws `WrongValue` for what cannot be
 * of that type, before the database is asked.
 */
export function toParameter(name: string, type: string, value: JsonValue | undefined): unknown {
  if (value === null || value === undefined) return null;
  if (type === 'json' || type === 'jsonb') return JSON.stringify(value);
  if (type.startsWith('_')) {
    if (!Array.isArray(value)) throw new WrongValue(name, 'must be a list');
    const element = type.slice(1);
    return value.map((item) => toParameter(name, element, item));
  }
  if (typeof value === 'object') throw new WrongValue(name, 'must be a single value');
  if (type === 'uuid' && !isUuid(value)) throw new WrongValue(name, 'must be a UUID');
  if (type === 'bytea') return Buffer.from(String(value), 'base64');
  if (typeof value === 'string' && value.includes('\0')) throw new WrongValue(name, 'must not contain a NUL character');
  return value;
}
