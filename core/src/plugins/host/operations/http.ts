import { object } from './arguments.ts';
import type { OperationGroup } from './types.ts';

export const http: OperationGroup<'http'> = {
  'http.fetch': (session, { request }) => {
    const { services, plugin, meter } = session;
    session.lasting();
    return services.http.fetch(object(request, 'request'), plugin.capabilities, {
      reader: plugin.manifest.id,
      used: (capability) => services.usage.record(plugin.manifest.id, capability),
      moved: (bytes) => meter.bytes(bytes),
    });
  },
};
