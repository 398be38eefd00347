import type { ScheduleDeclaration } from '@bazaar/sdk';
import { messageOf } from '../../../errors/index.ts';
import { fieldErrors } from '../../contract/input-errors.ts';
import { parseCron } from '../cron.ts';
import { compileSchema, FILE_FORMAT } from '../schema-compiler.ts';
import { propertiesOf } from './properties.ts';
import { listed, type Review, reportRepeated } from './review.ts';

export function checkSchedules(review: Review): void {
  const schedules = review.manifest.schedules ?? [];
  reportRepeated(
    review,
    schedules.map((schedule, index) => [`/schedules/${index}/name`, schedule.name] as const),
    'schedule',
  );
  for (const [index, schedule] of schedules.entries()) {
    const pointer = `/schedules/${index}`;
    try {
      parseCron(schedule.cron);
    } catch (error) {
      review.report(`${pointer}/cron`, `"${schedule.cron}" ${messageOf(error)}; times are UTC`);
    }
    checkAction(review, pointer, schedule);
  }
}

function checkAction(review: Review, pointer: string, { action: name, input = {} }: ScheduleDeclaration): void {
  const { manifest, report } = review;
  const action = manifest.actions.find((declared) => declared.name === name);
  if (!action) {
    const own = listed(manifest.actions.filter(({ effect }) => effect === 'write').map((one) => one.name));
    report(`${pointer}/action`, `"${name}" is not an action of this plugin; its write actions are ${own}`);
    return;
  }
  if (action.effect !== 'write') {
    report(`${pointer}/action`, `"${name}" only reads: nobody would see what it found; name a write action`);
  }
  if (Object.values(propertiesOf(action.input)).some(({ format }) => format === FILE_FORMAT)) {
    report(`${pointer}/action`, `"${name}" takes an upload, which a schedule cannot send`);
    return;
  }
  let validate: ReturnType<typeof compileSchema>;
  try {
    validate = compileSchema(action.input, { useDefaults: true });
  } catch {
    // Reported where the action is declared.
    return;
  }
  for (const { pointer: place, message } of fieldErrors(validate.errorsOf(structuredClone(input)))) {
    report(`${pointer}/input${place}`, `is not an input of "${name}": ${message}`);
  }
}
