import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Platform, type PlatformOptions, startPlatform } from '@bazaar/sdk/testing';
import type { OpenApiDocument } from './operations.ts';

const FIXTURES = resolve(import.meta.dirname, '../../fixtures/plugins');
const LOCK_FILE = resolve(import.meta.dirname, '../../../../plugins.lock.json');

/** Plugins that do what a test needs, good and bad. */
export const FIXTURE_PLUGINS = [join(FIXTURES, 'notes'), join(FIXTURES, 'journal')];

/** The plugins that the repository itself brings. */
export function firstPartyPlugins(): string[] {
  if (!existsSync(LOCK_FILE)) return [];
  const { plugins } = JSON.parse(readFileSync(LOCK_FILE, 'utf8')) as { plugins: Record<string, { source: string }> };
  return Object.values(plugins).map(({ source }) => resolve(dirname(LOCK_FILE), source));
}

/** Everything there is: what holds for all routes is tried on all routes. */
export function startWholePlatform(options: Partial<PlatformOptions> = {}): Promise<Platform> {
  return startPlatform({
    plugins: [...FIXTURE_PLUGINS, ...firstPartyPlugins()],
    ...options,
    env: { BAZAAR_RATE_LIMIT: '0', ...options.env },
  });
}

export async function readDocument(platform: Platform, accessToken?: string): Promise<OpenApiDocument> {
  const client = accessToken === undefined ? platform.visitor() : platform.client(accessToken);
  return client.json<OpenApiDocument>('GET', '/api/openapi.json');
}
