/** A task as the interface hands it out. */
export interface TaskItem {
  id: string;
  plugin: string;
  kind: string;
  title: string;
  description: string | null;
  priority: 'low' | 'normal' | 'high' | 'urgent';
  link: string | null;
  state: 'open' | 'done' | 'dismissed';
  createdAt: string;
  closedAt: string | null;
}

const NULLABLE = { type: ['string', 'null'] };

/** The same as a schema. */
export const TASK_ITEM = {
  type: 'object',
  required: ['id', 'plugin', 'kind', 'title', 'description', 'priority', 'link', 'state', 'createdAt', 'closedAt'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    plugin: { type: 'string' },
    kind: { type: 'string' },
    title: { type: 'string' },
    description: NULLABLE,
    priority: { enum: ['low', 'normal', 'high', 'urgent'] },
    link: { ...NULLABLE, description: 'Path inside the shell where the task is resolved.' },
    state: { enum: ['open', 'done', 'dismissed'] },
    createdAt: { type: 'string', format: 'date-time' },
    closedAt: { type: ['string', 'null'], format: 'date-time' },
  },
};
