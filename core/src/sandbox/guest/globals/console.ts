import { cut } from '../intrinsics.ts';

const MAX_MESSAGE = 2_000;
const LEVELS = { debug: 'debug', log: 'info', info: 'info', warn: 'warn', error: 'error' } as const;

export type LogLevel = (typeof LEVELS)[keyof typeof LEVELS];

function wordsOf(value: unknown): string {
  if (typeof value === 'string') return cut(value, MAX_MESSAGE);
  try {
    return cut(value instanceof Error ? String(value) : (JSON.stringify(value) ?? String(value)), MAX_MESSAGE);
  } catch {
    return '[something that cannot be shown]';
  }
}

/** Makes the object `console`; what is written becomes lines of the plugin's log. */
export function consoleObject(write: (level: LogLevel, message: string) => void): object {
  const methods = Object.entries(LEVELS).map(([name, level]) => [
    name,
    (...values: unknown[]) => write(level, cut(values.map(wordsOf).join(' '), MAX_MESSAGE)),
  ]);
  return Object.fromEntries(methods);
}
