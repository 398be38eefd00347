import { expect } from 'vitest';
import type { Product } from './product.ts';

const DAY_MS = 86_400_000;

/** The operator gives a workspace a licence: for ever, or one whose paid time ended so many days ago. */
export async function grantLicence(
  product: Product,
  { tenant, plugin, endedDaysAgo }: { tenant: string; plugin: string; endedDaysAgo: number | null },
): Promise<void> {
  const authorization = `Bearer ${await product.accessToken('operator@bazaar.test')}`;
  const expiresAt = endedDaysAgo === null ? null : new Date(Date.now() - endedDaysAgo * DAY_MS).toISOString();
  const response = await fetch(`${product.url}/api/platform/licences/${tenant}/${plugin}/grant`, {
    method: 'PUT',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ expiresAt, reason: 'Journey' }),
  });
  expect(response.status).toBe(200);
}
