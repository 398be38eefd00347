import { object } from './arguments.ts';
import type { OperationGroup } from './types.ts';

export const http: OperationGroup<'http'> = {
  'http.fetch': (session, { request }) =>
    session.services.http.fetch(object(request, 'request'), session.plugin.capabilities, (capability) => {
      session.services.usage.record(session.plugin.manifest.id, capability);
    }),
};
