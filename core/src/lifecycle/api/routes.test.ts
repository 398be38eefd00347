import { expect, it } from 'vitest';
import { lifecycleRoutes } from './routes.ts';

it('takes packages, and removes data, from whom has proved lately who they are', () => {
  const routes = lifecycleRoutes({ lifecycle: {} } as Parameters<typeof lifecycleRoutes>[0]);
  const proven = routes.filter(({ sudo }) => sudo).map(({ operationId }) => operationId);
  expect(proven.toSorted()).toEqual(['installCanary', 'installPlugin', 'purgePlugin', 'upgradePlugin', 'verifyPlugin']);
  expect(routes.filter(({ upload, sudo }) => upload && !sudo)).toEqual([]);
});
