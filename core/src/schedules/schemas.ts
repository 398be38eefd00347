const TEXT = { type: 'string' };
const TIME = { type: 'string', format: 'date-time' };
const TIME_OR_NULL = { type: ['string', 'null'], format: 'date-time' };
const TEXT_OR_NULL = { type: ['string', 'null'] };

export const LAST_RUN = {
  type: 'object',
  required: ['due', 'startedAt', 'finishedAt', 'outcome', 'attempts', 'detail', 'version'],
  properties: {
    due: { ...TIME_OR_NULL, description: 'null when it was asked for and not due.' },
    startedAt: TIME_OR_NULL,
    finishedAt: TIME,
    outcome: { enum: ['done', 'failed', 'skipped'] },
    attempts: { type: 'integer' },
    detail: { ...TEXT_OR_NULL, description: 'Why it failed or was skipped.' },
    version: { ...TEXT_OR_NULL, description: 'Of the plugin.' },
  },
};

export const SCHEDULE = {
  type: 'object',
  required: ['name', 'action', 'summary', 'cron', 'nextDue', 'waiting', 'lastRun'],
  properties: {
    name: TEXT,
    action: TEXT,
    summary: { ...TEXT, description: 'Of the action.' },
    cron: { ...TEXT, description: 'Five fields, in UTC.' },
    nextDue: TIME,
    waiting: {
      type: ['object', 'null'],
      description: 'A time that has come and was not handled yet.',
      required: ['due', 'attempts', 'retryAt', 'running', 'error'],
      properties: {
        due: TIME,
        attempts: { type: 'integer' },
        retryAt: TIME_OR_NULL,
        running: { type: 'boolean' },
        error: TEXT_OR_NULL,
      },
    },
    lastRun: { ...LAST_RUN, type: ['object', 'null'] },
  },
};
