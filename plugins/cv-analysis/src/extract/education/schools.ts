import { anyStem } from '../../lexicon/vocabularies/index.ts';
import { readPlace } from '../places.ts';
import { clip } from '../text-cleaning.ts';
import type { EducationLevel } from '../types.ts';

const SCHOOL_WORD =
  /\p{L}*(?:universit|hochschule|college|institut|académi|academy|akademie|school|schule\b|schulzentrum|gymnasium|polytechnic|école|ecole|lycée|facult|fakultät|universidad|politécnica|politecnico|instituto|colegio|\biut\b|\binsa\b|\bhec\b|\bmit\b|\beth\b|\btu\b|\bth\b|\bfh\b|\brwth\b|\blmu\b|\bkit\b|\buc[lb]\b|\bucla\b|\biit\b|\bnit\b|\bcfa\b|\bies\b|seminary|conservator|berufskolleg|fernuni|campus|kolleg\b|business school|universiteit|università|\bihk\b|handwerkskammer|\bntnu\b|uniwersytet|politechnik|zespół szkół|szkoł|akademi|liceum|technikum|hogeschool|università|universidade|faculdade|liceo\b|vidyalaya|coleg\b|üniversite|yüksekokul|lisesi|enstitü|högskol|høgskol|højskol|gymnasie|(?<=\p{L}{3})skolan|scuola|\bitis\b|ateneo|ensino|escola|scolaire|lycee|schule(?=$|\s))\p{L}*/iu;
/** A word that marks a school. */
export const SCHOOL = new RegExp(`${SCHOOL_WORD.source}|(?<!\\p{L})(?:ال)?(?:${anyStem((one) => one.schools)})`, 'iu');

const FORM_LABEL =
  /^(?:institution|qualification|school|university|college|degree|course|programme?|year|bezeichnung der (?:erworbenen )?qualifikation|name (?:und art )?der (?:bildungs- oder ausbildungs|bildungs|ausbildungs)einrichtung|title of qualification awarded|name and type of organi[sz]ation[\p{L} ]*|(?:título de la )?cualificación obtenida|nombre y tipo del? (?:centro|la organización)[\p{L} ]*|titolo della qualifica rilasciata|nome e tipo d'organizzazione[\p{L}' ]*|intitulé du (?:certificat ou )?diplôme[\p{L} ]*|nom et type de l'établissement[\p{L}' ]*|uzyskane kwalifikacje|nazwa i (?:typ|rodzaj) (?:organizacji|instytucji)[\p{L} ,]*|designação da qualificação[\p{L} ]*|nome e tipo da organização[\p{L} ]*|naam en soort[\p{L} ]*|(?:dates?|data|daty|datas|fechas?|datum)(?=\s*\t))\s*(?::|(?=\s*$))\s*/iu;

/** The parts of an entry, without labels of a form and what stands around them. */
export function segments(text: string): string[] {
  return text
    .split(/\s*[|•·\t;]\s*|\s+[–—]\s+|\s+-\s+|\s*,\s+|(?<=\p{L})\s*\((?=\p{Lu})|\)\s*/u)
    .map((part) =>
      part
        .replace(FORM_LABEL, '')
        .replace(/\s*\([^)]*$/, '')
        .replace(/^[\s,:()–—-]+|[\s,:(–—-]+$/gu, '')
        // A full stop behind the last word of an entry, and none of an abbreviation.
        .replace(/(?<=\p{Ll}{4})\.$/u, ''),
    )
    .filter((part) => part !== '');
}

/** The school that a text names by a word for one, or `null`. */
export function institutionIn(text: string): string | null {
  const parts = segments(text);
  const index = parts.findIndex(
    (part) => SCHOOL.test(part) && !/^(?:high school diploma|high school|secondary school)$/i.test(part),
  );
  const part = parts[index];
  if (part === undefined) return null;
  const next = parts[index + 1];
  // "University of California, Berkeley"
  const campus =
    /^university of/i.test(part) &&
    next &&
    /^\p{Lu}\p{L}+(?: \p{Lu}\p{L}+)?$/u.test(next) &&
    text.includes(`${part}, ${next}`) &&
    !part.includes(next) &&
    !readPlace(next)?.country
      ? `${part}, ${next}`
      : part;
  const inside = /\b(?:at|an der|am|à l'|en la)\s+(\p{Lu}.+)$/u.exec(campus)?.[1];
  return clip(inside && SCHOOL.test(inside) ? inside : campus, 120);
}

/** The level of a school that leads to one only. */
export function levelOfSchool(name: string): EducationLevel | null {
  return /high school|secondary|gymnasium|realschule|gesamtschule|lycée|hauptschule|\bies\b/iu.test(name)
    ? 'secondary'
    : null;
}
