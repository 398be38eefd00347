export interface Command {
  title: string;
  /** Where it belongs, e.g. the plugin's name. */
  group: string;
  icon: string;
  run(): void;
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase();
}

/** 0 is best; `null` when the word does not occur. */
function rank(word: string, { title, group }: Command): number | null {
  const name = plain(title);
  if (name.startsWith(word)) return 0;
  if (name.split(/\s+/).some((part) => part.startsWith(word))) return 1;
  if (name.includes(word)) return 2;
  return plain(group).includes(word) ? 3 : null;
}

/** Commands that hold every word of the query, best first; all of them for an empty query. */
export function findCommands(commands: readonly Command[], query: string): Command[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  const ranked: { command: Command; score: number }[] = [];
  for (const command of commands) {
    const ranks = words.map((word) => rank(word, command));
    if (ranks.includes(null)) continue;
    ranked.push({ command, score: ranks.reduce<number>((sum, value) => sum + (value ?? 0), 0) });
  }
  return ranked.toSorted((left, right) => left.score - right.score).map(({ command }) => command);
}
