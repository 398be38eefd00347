import type { TaskRequest } from '@bazaar/sdk';
import type { Session } from '../session.ts';
import { object, optionalText, text } from './arguments.ts';
import type { OperationGroup } from './types.ts';

const KIND = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;
const PRIORITIES = ['low', 'normal', 'high', 'urgent'];
const LINK = /^\/(?![/\\])[^\s\\]*$/;
const MAX_KEY = 200;
/** People have to read them. */
const MAX_TASKS = 100;

/** The full name of a permission of this plugin: it may be given with or without the plugin's id. */
function audienceOf(session: Session, value: unknown): string {
  const { manifest, contract } = session.plugin;
  const given = text(value, 'audience', 200);
  const name = given.startsWith(`${manifest.id}:`) ? given.slice(manifest.id.length + 1) : given;
  if (!contract.permissions.has(name))
    throw new TypeError(`audience "${given}" is not a permission that plugin.json defines`);
  return `${manifest.id}:${name}`;
}

function checked(session: Session, task: TaskRequest): TaskRequest {
  const kind = text(task.kind, 'kind', 60);
  if (!KIND.test(kind)) throw new TypeError(`kind "${kind}" must be written like PARSE_FAILURE`);
  const { priority } = task;
  if (priority !== undefined && !PRIORITIES.includes(priority)) {
    throw new TypeError(`priority must be one of ${PRIORITIES.join(', ')}`);
  }
  const link = optionalText(task.link, 'link', 500);
  if (link !== undefined && !LINK.test(link))
    throw new TypeError('link must be a path inside the shell, e.g. "/job-board/jobs"');
  const description = optionalText(task.description, 'description', 4_000);
  const key = optionalText(task.key, 'key', MAX_KEY);
  return {
    kind,
    title: text(task.title, 'title', 300),
    audience: audienceOf(session, task.audience),
    ...(priority === undefined ? {} : { priority }),
    ...(description === undefined ? {} : { description }),
    ...(link === undefined ? {} : { link }),
    ...(key === undefined ? {} : { key }),
  };
}

export const tasks: OperationGroup<'tasks'> = {
  'tasks.raise': (session, { task }) => {
    session.need('tasks');
    session.needWrite('tasks.raise');
    session.counts.tasks += 1;
    if (session.counts.tasks > MAX_TASKS) throw new RangeError(`more than ${MAX_TASKS} tasks in one invocation`);
    session.unit.raiseTask(checked(session, object(task, 'task')));
    return null;
  },
  'tasks.resolve': (session, { key }) => {
    session.need('tasks');
    session.needWrite('tasks.resolve');
    session.unit.resolveTask(text(key, 'key', MAX_KEY));
    return null;
  },
};
