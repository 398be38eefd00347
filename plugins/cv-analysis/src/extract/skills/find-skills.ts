import type { PlacedLine } from '../sections/split-sections.ts';
import { isDrivingLicence, withoutSensitive } from '../sensitive.ts';
import { clip } from '../text-cleaning.ts';
import type { FoundSkill, Passage } from '../types.ts';
import { isMeant, type Occurrence, type Surroundings } from './judge.ts';
import { lexiconIndex, lookUp } from './lexicon-index.ts';
import { isNotTheirs } from './own-words.ts';
import { lineAt, type TextUnit, textUnits } from './passages.ts';
import { isGlue, tokensOf } from './tokens.ts';

const MOST_PASSAGES = 5;

/** Spellings of the lexicon in one text, the longest first: "Spring Boot" hides "Spring". */
function occurrences(unit: TextUnit): Occurrence[] {
  const tokens = tokensOf(unit.text);
  const { longest } = lexiconIndex();
  const found: Occurrence[] = [];
  let place = 0;
  while (place < tokens.length) {
    const first = tokens[place];
    if (!first) break;
    let length = 1;
    const keys = [first.key];
    for (let next = place + 1; next < tokens.length && next - place < longest; next += 1) {
      const [left, right] = [tokens[next - 1], tokens[next]];
      if (!left || !right || !isGlue(unit.text.slice(left.end, right.index))) break;
      keys.push(right.key);
    }
    let entry = undefined as ReturnType<typeof lookUp>;
    for (length = keys.length; length > 0; length -= 1) {
      entry = lookUp(keys.slice(0, length).join(' '));
      if (entry !== undefined) break;
    }
    const last = tokens[place + Math.max(length, 1) - 1] ?? first;
    if (entry && !touchesSign(unit.text, first.index, last.end)) {
      found.push({
        entry,
        unit,
        text: unit.text.slice(first.index, last.end),
        index: first.index,
        end: last.end,
        before: tokens[place - 1],
        after: tokens[place + length],
      });
    }
    place += Math.max(length, 1);
  }
  return found;
}

/** `@go`, `#java`, `_r`, `$c`: names of something else. */
function touchesSign(text: string, index: number, end: number): boolean {
  return /[@#$_\\]/.test(text[index - 1] ?? '') || /[_@$\\]/.test(text[end] ?? '');
}

function sentenceAround({ unit, index, end }: Occurrence): { from: number; to: number } {
  const before = unit.text.slice(0, index);
  const from = Math.max(before.lastIndexOf('. '), before.lastIndexOf('! '), before.lastIndexOf('? '), -1) + 1;
  const stop = /[.!?](?:\s|$)/.exec(unit.text.slice(end));
  return { from, to: stop ? end + stop.index : unit.text.length };
}

function surroundings(plain: readonly Occurrence[]): Surroundings {
  const categories = new Set(plain.map((one) => one.entry.category));
  const byUnit = Map.groupBy(plain, (one) => one.unit);
  return {
    near(occurrence, kin) {
      const { from, to } = sentenceAround(occurrence);
      return (byUnit.get(occurrence.unit) ?? []).some(
        (one) =>
          one.index >= from &&
          one.end <= to &&
          one.entry.name !== occurrence.entry.name &&
          kin.includes(one.entry.category),
      );
    },
    nearby: (occurrence, kin) =>
      (byUnit.get(occurrence.unit) ?? []).some(
        (one) => one.entry.name !== occurrence.entry.name && kin.includes(one.entry.category),
      ),
    anywhere: (kin) => kin.some((category) => categories.has(category)),
  };
}

function passage(occurrence: Occurrence): Passage | null {
  const line = lineAt(occurrence.unit, occurrence.index);
  if (!line) return null;
  const flat = (withoutSensitive(line.source) || line.text).replace(/\t/g, '  ');
  const offset = flat.indexOf(occurrence.text.split('\n')[0] ?? '');
  const from = offset > 160 ? flat.lastIndexOf(' ', offset - 100) + 1 : 0;
  return { text: `${from > 0 ? '…' : ''}${clip(flat.slice(from), 240)}`, page: line.page, line: line.line };
}

/** A skill with the lines it was found in. */
export interface SkillHit {
  skill: FoundSkill;
  lines: PlacedLine[];
}

/**
 * Skills of the lexicon in the given lines, in the order in which they first appear, each with up to five passages.
 * Ambiguous words count only where they are meant as the skill.
 */
export function findSkills(lines: readonly PlacedLine[]): SkillHit[] {
  const units = textUnits(lines.filter((line) => !isDrivingLicence(line.text)));
  const all = units.flatMap(occurrences).filter((one) => !isNotTheirs(one));
  const plain = all.filter((one) => one.entry.ambiguity === null);
  // Words confirmed by plain neighbours confirm others in turn: "Excel, Word and Outlook".
  const first = surroundings(plain);
  const around = surroundings(all.filter((one) => isMeant(one, first)));
  const hits = new Map<string, SkillHit>();
  for (const one of all) {
    if (!isMeant(one, around)) continue;
    const line = lineAt(one.unit, one.index);
    const found = passage(one);
    if (!line || !found) continue;
    const hit = hits.get(one.entry.name) ?? {
      skill: { name: one.entry.name, category: one.entry.category, months: 0, evidence: [] },
      lines: [],
    };
    hits.set(one.entry.name, hit);
    if (hit.lines.includes(line)) continue;
    hit.lines.push(line);
    if (hit.skill.evidence.length < MOST_PASSAGES) hit.skill.evidence.push(found);
  }
  return [...hits.values()];
}
