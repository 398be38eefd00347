import { type FoundDates, findDates } from '../dates/find-dates.ts';
import type { PlacedLine } from '../sections/split-sections.ts';
import { words } from '../text-cleaning.ts';
import { FORM_LINE, PROJECT_LINE } from './form-lines.ts';
import { isSentence, namesEmployer, titleScore } from './position-words.ts';

/** A line with the dates of a position: around it stands the rest of its head. */
export interface Anchor {
  index: number;
  dates: FoundDates;
  /** The line without its dates. */
  rest: string;
  tail: string;
}

const OPENING_WORD =
  /(?:\bfrom|\bvon|\bvom|\bdu|\bde|\bda|\bdal|\bvan|\bod|\bfrån|\bdesde|\bdepuis|\bseit|\bsince|\bab|\bduration|\bperiod|\bzeitraum|\b(?:dates?|data|daty|datas|fechas?|okres|periodo|período|période|periode|perioada|tarih|dates? employed)(?:\s*\([^)]*\))?|\bdatum(?:\s*\([^)]*\))?)\s*:?\s*$/iu;

function around(text: string, dates: FoundDates): { before: string; after: string } {
  return {
    before: text
      .slice(0, dates.index)
      .replace(OPENING_WORD, '')
      .replace(/[\s(:,–—|-]+$/u, '')
      .trim(),
    after: text
      .slice(dates.end)
      .replace(/^\s*[)\]]/, '')
      .replace(/^\s*\/\s*(?:present|now|current|today|heute)\b\s*:?/iu, '')
      .trim(),
  };
}

/** "Nurse at Acme, 2019 – now. Cared for …": what follows the full stop describes. */
function splitAnchor(text: string, dates: FoundDates): { rest: string; tail: string } {
  const { before, after } = around(text, dates);
  const described =
    titleScore(before.split(/,|\s+(?:at|bei|chez)\s+/u)[0] ?? '') > 0 &&
    (/^[.;:]\s+\S/u.test(after) || (isSentence(after) && after.length > 40));
  if (described) return { rest: before, tail: after.replace(/^[.;:]\s*/u, '') };
  return {
    rest: `${before}\t${after}`
      .replace(/^[\s:,.–—-]+|[\s:,(–—-]+$/gu, '')
      .replace(/^\([^)]*\)\s*/u, '')
      .trim(),
    tail: '',
  };
}

/** "Worked as CNC Operator in Precision Auto Pvt. Ltd. from …" */
const WORKED =
  /^(?:(?:presently|currently|previously)\s+)?(?:worked|working|work|employed|served|serving)\s+as\s+(?:an?\s+)?(.{3,60}?)\s+(?:in|at|with|for)\s+(?:m\/s\.?\s+)?(?=\p{Lu})/iu;

/** The line as anchor of a position, or `null` when its dates are none of a position. */
export function anchorOf(line: PlacedLine, index: number, today: number): Anchor | null {
  const found = findDates(line.text, today);
  const period = found.find((dates) => dates.kind === 'period');
  const only = found.length === 1 ? found[0] : undefined;
  const dates = period ?? only;
  if (
    !dates ||
    FORM_LINE.test(line.text) ||
    PROJECT_LINE.test(line.text) ||
    (line.label && !line.label.includes('experience'))
  )
    return null;
  const { rest: plain, tail } = splitAnchor(line.text, dates);
  const rest = plain.replace(WORKED, '$1 | ');
  const titled =
    plain !== rest ||
    rest
      .split(/[,|•·\t–—]|\s-\s|\s+(?:at|bei|chez)\s+/u)
      .some((part) => titleScore(part) > 0 && words(part).length <= 8);
  if (rest.length > 120) return null;
  const told = dates.index < 3 ? rest : line.text;
  if (dates.kind === 'single' && (line.bullet || isSentence(told) || (rest !== '' && !titled))) return null;
  if (isSentence(rest) && !titled && dates.index > 3 && !(line.bold && namesEmployer(rest))) return null;
  if (line.bullet && !line.bold && !titled) return null;
  return { index, dates, rest, tail };
}
