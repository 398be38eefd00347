import type { CoreModels } from '../../data/index.ts';
import { noticeKey } from '../licence-writer.ts';

const TASKS = {
  'trial-ending': {
    title: 'is on trial for a few more days',
    description: (day: string) => `The trial ends on ${day}. Choose a plan to go on.`,
  },
  grace: {
    title: 'is no longer licensed',
    description: (day: string) => `Everything goes on until ${day}; then it can only be read.`,
  },
  unpaid: {
    title: 'has not been paid',
    description: (day: string) => `Everything goes on until ${day}; then it can only be read.`,
  },
  'read-only': {
    title: 'can only be read',
    description: (day: string) => `Renew the licence to make changes. On ${day} it is suspended.`,
  },
  suspended: {
    title: 'is suspended',
    description: (day: string) => `What happens meanwhile is kept until ${day} and handled when you renew.`,
  },
};

interface NoticeTask {
  tenantId: string;
  plugin: string;
  /** Of the plugin. */
  name: string;
  stage: keyof typeof TASKS;
  /** When the next stage begins. */
  next: Date;
  now: Date;
}

/** One open task for each licence: of the latest stage. */
export async function raiseTask(models: Pick<CoreModels, 'Task'>, task: NoticeTask): Promise<void> {
  const { tenantId, plugin, name, stage, next, now } = task;
  const key = noticeKey(plugin);
  const where = { tenantId, pluginId: 'core', key, state: 'open' as const };
  await models.Task.update({ state: 'done', closedAt: now }, { where });
  await models.Task.create({
    tenantId,
    pluginId: 'core',
    kind: 'LICENCE_ENDING',
    key,
    priority: stage === 'trial-ending' ? 'normal' : 'high',
    link: `/admin/plugins/${plugin}?tab=licence`,
    audience: 'core:licences.manage',
    title: `${name} ${TASKS[stage].title}`,
    description: TASKS[stage].description(next.toISOString().slice(0, 10)),
  });
}
