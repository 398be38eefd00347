import { text } from './arguments.ts';
import type { OperationGroup } from './types.ts';

export const progress: OperationGroup<'progress'> = {
  'progress.report': ({ services, tenant, plugin }, args) => {
    const { percent } = args;
    if (typeof percent !== 'number' || percent < 0 || percent > 100)
      throw new TypeError('percent must be from 0 to 100');
    services.realtime.publish({
      tenantId: tenant.id,
      event: 'progress',
      payload: {
        plugin: plugin.manifest.id,
        subject: text(args.subject, 'subject', 200),
        stage: text(args.stage, 'stage', 100),
        percent,
      },
    });
    return null;
  },
};
