import { DatabaseError, type FieldDef } from 'pg';
import { resultStars, spellOutStars } from '../sql-check/index.ts';
import type { StatementShape } from './describe-statement.ts';
import type { Describer } from './statement-describer.ts';

const sameField = (a: FieldDef | undefined, b: FieldDef) =>
  a?.name === b.name && a.dataTypeID === b.dataTypeID && a.tableID === b.tableID && a.columnID === b.columnID;

interface NamedText {
  name: string;
  text: string;
}

/** Replaces one expression of the list after the other by a constant: what is missing then, the star stood for. */
async function measure(describer: Describer, query: NamedText, fields: number): Promise<number[]> {
  const { targets, stars } = resultStars(query.name, query.text);
  if (stars.length === 1) return [fields - targets + 1];
  const bytes = Buffer.from(query.text);
  const widths: number[] = [];
  for (const { start, end } of stars) {
    const without = `${bytes.subarray(0, start)}null${bytes.subarray(end)}`;
    widths.push(fields - (await describer.describe(without)).fields.length + 1);
  }
  return widths;
}

/**
 * A result that follows its table would change its columns under the versions that are serving when a migration adds
 * one, which PostgreSQL refuses on sessions that have planned the query. So the stars of the list of results are
 * written out; what cannot be written out soundly stays, and the comparison of versions reports it.
 */
export async function fixStars(
  describer: Describer,
  query: NamedText,
  shape: StatementShape,
): Promise<{ text: string; stars: number[] | undefined }> {
  const unchanged = { text: query.text, stars: undefined };
  const found = resultStars(query.name, query.text);
  if (found.stars.length === 0) return unchanged;
  try {
    const stars = await measure(describer, query, shape.fields.length);
    const names = shape.fields.map((field) => field.name);
    const text = spellOutStars(query.text, found, stars, names);
    if (text === undefined) return unchanged;
    const { fields, parameterTypes } = await describer.describe(text);
    const same =
      fields.length === shape.fields.length &&
      fields.every((field, index) => sameField(shape.fields[index], field)) &&
      String(parameterTypes) === String(shape.parameterTypes);
    return same ? { text, stars } : unchanged;
  } catch (error) {
    if (error instanceof DatabaseError) return unchanged;
    throw error;
  }
}
