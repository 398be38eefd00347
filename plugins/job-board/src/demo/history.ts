import { type ApplicationStatus, PIPELINE } from '../applications/pipeline.ts';
import type { TableRow } from '../context.ts';
import type { DemoClock } from './clock.ts';
import type { DemoApplication } from './data.ts';

type Entry = Pick<
  TableRow<'applicationTimeline'>,
  'applicationId' | 'kind' | 'fromStatus' | 'toStatus' | 'remarks' | 'changedByName' | 'at'
>;

const RECRUITER = 'Demo recruiter';

/** The statuses an application went through, the present one last. */
function path(status: ApplicationStatus): ApplicationStatus[] {
  const stage = (PIPELINE as readonly ApplicationStatus[]).indexOf(status);
  return stage >= 0 ? [...PIPELINE.slice(0, stage + 1)] : ['applied', 'screening', status];
}

/** A timeline that leads to where the application stands now, spread over the days since it came in. */
export function history(applicationId: string, application: DemoApplication, clock: DemoClock): Entry[] {
  const steps = path(application.status);
  const when = (step: number) => clock.ago(application.daysAgo * (1 - step / (steps.length + 0.5)));
  const entries = steps.map((toStatus, step): Entry => {
    const ended = toStatus === 'rejected' || toStatus === 'withdrawn';
    return {
      applicationId,
      kind: step === 0 ? 'applied' : ended ? toStatus : 'moved',
      fromStatus: steps[step - 1] ?? null,
      toStatus,
      remarks: toStatus === 'rejected' ? (application.rejectionFeedback ?? null) : null,
      changedByName: step === 0 ? null : RECRUITER,
      at: when(step),
    };
  });
  if (application.note === undefined) return entries;
  const note: Entry = {
    applicationId,
    kind: 'note',
    fromStatus: null,
    toStatus: null,
    remarks: application.note,
    changedByName: RECRUITER,
    at: when(steps.length - 0.5),
  };
  return [...entries, note];
}
