import { object, text } from './arguments.ts';
import type { OperationGroup } from './types.ts';

const LEVELS: readonly string[] = ['debug', 'info', 'warn', 'error'];
const MAX_LINES = 200;
const MAX_DATA = 8 * 1024;

export const log: OperationGroup<'log'> = {
  'log.write': (session, { level, message, data }) => {
    session.counts.logLines += 1;
    if (session.counts.logLines > MAX_LINES) throw new RangeError(`more than ${MAX_LINES} log lines in one invocation`);
    if (!LEVELS.includes(level)) throw new TypeError(`level must be one of ${LEVELS.join(', ')}`);
    const { services, tenant, plugin, requestId } = session;
    const details = object(data, 'data');
    const isSmall = JSON.stringify(details).length <= MAX_DATA;
    services.log[level](
      { plugin: plugin.manifest.id, tenant: tenant.id, requestId, data: isSmall ? details : '(too large)' },
      text(message, 'message', 2_000),
    );
    return null;
  },
};
