import { readPlace } from '../places.ts';
import { clip } from '../text-cleaning.ts';
import { readDegree } from './degrees.ts';
import { type Draft, withoutDates } from './draft.ts';
import { SCHOOL } from './schools.ts';

const FIELD =
  /^\s*(?:'?s)?\s*(?:degree)?\s*(?:\((?:hons?\.?|fh|hons\.?|[A-Z][\p{L}.]{1,8})\))?\s*(?:honou?rs)?\s*(?:of (?:science|arts|engineering|business administration|technology|laws|commerce|education|fine arts|philosophy|applied science|nursing science)\b)?\s*(?:\([^)]{1,12}\))?\s*(?:degree)?\s*(?:in|of|en|im fach|in der|für|zur|zum|zur\/zum|als|im|:|,|–|—|-|\|)?\s+(?:studiengang\s+)?(\p{L}(?:(?! - )[^,|•·\t()–—;:]){1,60})/u;

/** What was studied: what stands in or behind the degree, behind a label, or on a line of its own. */
export function fieldOf(draft: Draft, today: number): string | null {
  const { degree } = draft;
  if (degree) {
    const inName =
      /\b(?:of|in|en)\s+(?!science\b|arts\b|engineering\b(?! \p{L})|technology\b|philosophy\b|laws\b|applied science\b)(\p{Lu}[\p{L} &/-]{2,60})$/iu.exec(
        degree.name,
      )?.[1];
    if (inName) return clip(inName, 80);
    const behind =
      /\b(?:of|en)\s+(?:science|arts|engineering|education|laws|business administration)\s+(?!in\b|of\b)(\p{Lu}[\p{L} &/-]{2,60})$/iu.exec(
        degree.name,
      )?.[1];
    if (behind && !SCHOOL.test(behind)) return clip(behind, 80);
    const after = degree.text.slice(degree.index + degree.name.length);
    const field = FIELD.exec(after)?.[1]?.trim();
    if (
      field &&
      !SCHOOL.test(field) &&
      !readPlace(field) &&
      !/^(?:degree|diploma|programme?|studies|honou?rs|at|from|gpa|student)\b/i.test(field)
    )
      return clip(field, 80);
    const before = /(\p{Lu}[\p{L} &/]{2,60}?)\s*[,(–—-]\s*$/u.exec(degree.text.slice(0, degree.index))?.[1];
    if (before && !SCHOOL.test(before) && !readPlace(before)) return clip(before, 80);
  }
  const major = draft.lines
    .map(
      (line) =>
        /\b(?:major(?:ed)?|field of study|field|fachrichtung|studiengang|spécialité|especialidad)\s*(?:in|:)\s*([^,;|\t(]{3,60})/iu.exec(
          line.text,
        )?.[1],
    )
    .find(Boolean);
  if (major) return clip(major, 80);
  const next = draft.lines
    .map((line) => withoutDates(line.text, today).trim())
    .find(
      // An acronym alone is a school rather than a subject: "MBA", then "INSEAD".
      (text) =>
        /^\p{Lu}[\p{L} &/]{3,50}$/u.test(text) &&
        !/^\p{Lu}{4,}$/u.test(text) &&
        !SCHOOL.test(text) &&
        !readDegree(text) &&
        !readPlace(text),
    );
  return next ? clip(next, 80) : null;
}
