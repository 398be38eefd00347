import type { Impact, Operation } from './answers.ts';
import { followed } from './follow.ts';
import { impactLines } from './impact-lines.ts';
import type { Session } from './operator-command.ts';
import { mentionLagging } from './outcomes.ts';

interface Answer {
  confirmed: boolean;
  impact: Impact;
  operation?: Operation;
}

export const YES_OPTION = { yes: { type: 'boolean' } } as const;
export const YES_DETAIL = '--yes                  do it; without, what it touches is shown and you are asked';

/**
 * Shows what an operation touches and carries it out once that is confirmed: by `--yes`, or at the terminal. Exit code
 * 1 when it was not.
 */
export async function destructive(
  session: Session,
  { plugin, path, body, verb }: { plugin: string; path: string; body: object; verb: string },
  done: (answer: Answer) => string[],
): Promise<number> {
  const { client, output, values, json } = session;
  const call = (confirm: boolean) =>
    client.call<Answer>('POST', `/plugins/${encodeURIComponent(plugin)}/${path}`, { body: { ...body, confirm } });
  if (values.yes !== true) {
    const preview = await call(false);
    const show =
      json && !output.confirm ? session.show : (_result: unknown, lines: readonly string[]) => lines.map(output.err);
    show(preview, [`To ${verb}:`, ...impactLines(preview.impact)]);
    if (!(await output.confirm?.(`Really ${verb}?`))) {
      output.err('Nothing was changed. Confirm with --yes.');
      return 1;
    }
  }
  const answer = await followed(client, plugin, output, () => call(true));
  if (answer.operation) mentionLagging(answer.operation, output);
  session.show(answer, done(answer));
  return 0;
}
