interface Place {
  /** Line of the page. */
  line: number;
  /** The section's heading. */
  section: string;
}

/** What a page tells its reader to do, and what it says they will see. */
export type Step = Place &
  (
    | { kind: 'write'; file: string; text: string }
    | { kind: 'change'; file: string; hunks: { before: string; after: string }[] }
    | { kind: 'run'; commands: string; answer: string | undefined }
    | { kind: 'look'; email: string; widget: string; text: string }
    /** Part of a file of the project. */
    | { kind: 'quote'; file: string; text: string }
  );

const FENCE = /^```(.*)$/;
const FILE = /^\*\*`([^`]+)`\*\*/;
const QUOTED = /From `([^`]+)`.*:$/;
const LOOK = /^> Signed in as `([^`]+)`, the dashboard shows under \*\*([^*]+)\*\*: “([^”]+)”\.$/;

/** Hunks stand between lines `@@`, without line numbers. */
function hunksOf(lines: readonly string[]): { before: string; after: string }[] {
  return lines
    .join('\n')
    .split('\n@@\n')
    .map((hunk) => {
      const side = (other: string) =>
        hunk
          .split('\n')
          .filter((line) => !line.startsWith(other))
          .map((line) => line.slice(1))
          .join('\n');
      return { before: side('+'), after: side('-') };
    });
}

function stepOf(place: Place, language: string, introduction: string, lines: readonly string[]): Step {
  const text = lines.join('\n');
  const quoted = QUOTED.exec(introduction)?.[1];
  if (quoted !== undefined) return { ...place, kind: 'quote', file: quoted, text };
  const file = FILE.exec(introduction)?.[1];
  if (file !== undefined && language === 'diff') return { ...place, kind: 'change', file, hunks: hunksOf(lines) };
  if (file !== undefined && language !== '') return { ...place, kind: 'write', file, text: `${text}\n` };
  if (language === 'sh') return { ...place, kind: 'run', commands: text, answer: undefined };
  throw new Error(`line ${place.line}: nobody knows what is to be done with this listing`);
}

/** Throws when a listing or quotation of the page is of no known kind: all of them can be tried. */
export function stepsOf(markdown: string): Step[] {
  const steps: Step[] = [];
  let section = '';
  let introduction = '';
  let fence: { language: string; line: number; lines: string[] } | undefined;
  for (const [index, text] of markdown.split('\n').entries()) {
    const line = index + 1;
    const opened = FENCE.exec(text)?.[1];
    if (fence && opened !== '') {
      fence.lines.push(text);
    } else if (fence) {
      const last = steps.at(-1);
      if (fence.language === 'text' && introduction === '' && last?.kind === 'run' && last.answer === undefined) {
        last.answer = fence.lines.join('\n');
      } else {
        steps.push(stepOf({ line: fence.line, section }, fence.language, introduction, fence.lines));
      }
      fence = undefined;
      introduction = '';
    } else if (opened !== undefined) {
      fence = { language: opened, line, lines: [] };
    } else if (text.startsWith('## ')) {
      section = text.slice(3);
    } else if (text.startsWith('>')) {
      const [, email, widget, shown] = LOOK.exec(text) ?? [];
      if (!email || !widget || !shown) throw new Error(`line ${line}: nobody knows where to look for this`);
      steps.push({ line, section, kind: 'look', email, widget, text: shown });
    }
    if (!fence && opened === undefined && text.trim() !== '') introduction = text;
  }
  if (fence) throw new Error(`line ${fence.line}: this listing does not end`);
  return steps;
}
