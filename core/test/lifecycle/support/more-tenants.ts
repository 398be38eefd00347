import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDatabase } from '../../../src/data/index.ts';
import { createTestTenant, PASSWORD } from '../../support/people.ts';
import { silentLogger } from '../../support/test-database.ts';
import type { OperatedPlatform } from './operated-platform.ts';

/** Makes tenants with an owner each; resolves with the owners' access tokens by slug. */
export async function moreTenants(
  platform: OperatedPlatform,
  slugs: readonly string[],
): Promise<Record<string, string>> {
  const secret = (await readFile(join(platform.folder, 'data/secret'), 'utf8')).trim();
  const database = await openDatabase({ server: platform.server, secret, logger: silentLogger });
  try {
    for (const slug of slugs) await createTestTenant(database, slug, { [`owner@${slug}.test`]: 'owner' });
  } finally {
    await database.close();
  }
  const tokens: Record<string, string> = {};
  for (const slug of slugs) {
    const response = await fetch(`${platform.url}/api/auth/sign-in`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: `owner@${slug}.test`, password: PASSWORD }),
    });
    tokens[slug] = ((await response.json()) as { accessToken: string }).accessToken;
  }
  return tokens;
}
