import { blankAddresses } from '../contact/addresses.ts';
import type { PlacedLine } from '../sections/split-sections.ts';

/** Lines that read on from one to the next, as one text. */
export interface TextUnit {
  /** Lines joined by `\n`; addresses blanked out. */
  text: string;
  lines: { line: PlacedLine; start: number }[];
  /** Whether the text stands under a heading or label of skills, so that its items are skills. */
  isSkillList: boolean;
}

function isSkillList(line: PlacedLine): boolean {
  if (line.label) return line.label.some((topic) => topic === 'skills' || topic === 'languages');
  return line.topics.some((topic) => topic === 'skills' || topic === 'languages');
}

/** Joins wrapped lines: those of one block, until the next list item or section. */
export function textUnits(lines: readonly PlacedLine[]): TextUnit[] {
  const units: TextUnit[] = [];
  let before: PlacedLine | undefined;
  for (const line of lines) {
    const text = blankAddresses(line.text);
    const unit = units.at(-1);
    const goesOn =
      before &&
      unit &&
      before.block === line.block &&
      before.section === line.section &&
      !line.bullet &&
      line.page === before.page &&
      before.label === line.label &&
      unit.text.length < 4000;
    if (goesOn) {
      const hyphenated = /\p{Ll}-$/u.test(unit.text) && /^\p{Ll}/u.test(text);
      const joined = hyphenated ? unit.text.slice(0, -1) : `${unit.text}\n`;
      unit.lines.push({ line, start: joined.length });
      unit.text = joined + text;
    } else units.push({ text, lines: [{ line, start: 0 }], isSkillList: isSkillList(line) });
    before = line;
  }
  return units;
}

export function lineAt(unit: TextUnit, index: number): PlacedLine | undefined {
  return unit.lines.findLast(({ start }) => start <= index)?.line;
}
