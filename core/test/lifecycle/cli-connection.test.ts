import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { issueToken } from '../../src/command-line/index.ts';
import { bazaar, type Run } from './support/bazaar.ts';
import { OPERATOR, OperatedPlatform } from './support/operated-platform.ts';
import { type Files, packedInOrder, stock, writePackage } from './support/stock-package.ts';

vi.setConfig({ testTimeout: 180_000 });

let platform: OperatedPlatform;
beforeAll(async () => {
  platform = await OperatedPlatform.start();
}, 120_000);
afterAll(() => platform?.stop());

const run = (...args: string[]): Promise<Run> => bazaar(platform.environment, 'plugin', ...args);
const folder = (files: Files) => writePackage(platform.folder, files);

const operatorRoute = '/api/operator/plugins';
const get = async (path: string, token: string) =>
  (await fetch(platform.url + path, { headers: { Authorization: `Bearer ${token}` } })).status;
async function token(change: { instance?: string; now?: Date; secret?: string } = {}) {
  const data = platform.environment.BAZAAR_DATA_DIR ?? '';
  const [name = ''] = await readdir(join(data, 'run'));
  const { instance } = JSON.parse(await readFile(join(data, 'run', name), 'utf8')) as { instance: string };
  const secret = (await readFile(join(data, 'secret'), 'utf8')).trim();
  return issueToken({ secret, instance, user: 'ada', now: new Date(), ...change });
}

describe('who is believed', () => {
  test('the command line, on routes of operators and nowhere else', async () => {
    await platform.call('POST', '/api/operator/plugins?grantAll=true', await packedInOrder(await folder(stock())));
    await platform.call('POST', '/api/licences/stock/trial', {}, 'acme-staffing');
    expect(await get(operatorRoute, await token())).toBe(200);
    for (const path of ['/api/me', '/api/plugins', '/api/tasks', '/api/audit', '/api/p/stock/goods']) {
      expect([path, await get(path, await token())]).toEqual([path, 403]);
    }
    expect(await get('/api/openapi.json', await token())).toBe(200);
  });

  test('sets quotas though it is no user, and is named in the log', async () => {
    const put = async (path: string, changes: object): Promise<number> => {
      const headers = { Authorization: `Bearer ${await token()}`, 'Content-Type': 'application/json' };
      const response = await fetch(platform.url + path, { method: 'PUT', headers, body: JSON.stringify({ changes }) });
      return response.status;
    };
    expect(await put('/api/operator/quota-defaults', { call: { rows: 90_000 } })).toBe(200);
    expect(await put('/api/operator/quota-defaults', {})).toBe(200);
    const session = await platform.admin();
    const rows = await session.rows(
      `select actor_kind, actor_id, detail from core.audit_log where action = 'quotas.changed' order by at`,
    );
    const by = { actor_kind: 'system', actor_id: null };
    expect(rows).toEqual([
      { ...by, detail: { call: { rows: 90_000 }, commandLine: 'ada' } },
      { ...by, detail: { commandLine: 'ada' } },
    ]);
  });

  test('no token of another process, another secret, or another time', async () => {
    expect(await get(operatorRoute, await token({ instance: '00000000-0000-4000-8000-000000000000' }))).toBe(401);
    expect(await get(operatorRoute, await token({ secret: 'x'.repeat(43) }))).toBe(401);
    expect(await get(operatorRoute, await token({ now: new Date(Date.now() - 61_000) }))).toBe(401);
    expect(await get(operatorRoute, await token({ now: new Date(Date.now() + 90_000) }))).toBe(401);
    expect(await get(operatorRoute, 'cli.junk')).toBe(401);
  });

  test('an operator elsewhere by --url, and nobody else', async () => {
    const elsewhere = { BAZAAR_DATA_DIR: join(platform.folder, 'elsewhere'), DATABASE_URL: '' };
    const as = (email: string, password = OPERATOR.password) =>
      bazaar(
        { ...elsewhere, BAZAAR_OPERATOR_EMAIL: email, BAZAAR_OPERATOR_PASSWORD: password },
        ...['plugin', 'list', '--url', platform.url],
      );
    expect(await as(OPERATOR.email)).toMatchObject({ code: 0, err: '' });
    expect(await as(OPERATOR.email, 'wrong')).toMatchObject({ code: 1, err: expect.stringContaining('Signing in') });
    expect(await as('owner@acme.test')).toMatchObject({ code: 1, err: expect.stringContaining('operators') });
    expect(await as('')).toMatchObject({ code: 1, err: expect.stringContaining('BAZAAR_OPERATOR_EMAIL') });
  });
});

describe('without a running platform', () => {
  test('one line says how to start one; verify goes on by itself', async () => {
    platform.process.child.kill('SIGTERM');
    await platform.process.exit;
    expect(await readdir(join(platform.folder, 'data/run'))).toEqual([]);
    const { code, err } = await run('list');
    expect([code, err.trim().split('\n').length]).toEqual([1, 1]);
    expect(err).toContain('npm start');
    const good = await run('verify', await folder(stock()));
    expect(good).toMatchObject({ code: 0, out: expect.stringContaining('stock 1.0.0 is in order (sandbox') });
    const file = join(platform.folder, 'inline.tgz');
    await writeFile(file, await packedInOrder(await folder(stock())));
    expect(await run('verify', file, '--tier', 'inline', '--json')).toMatchObject({ code: 0 });
    const files = {
      'queries/lost.sql': 'select lost from goods',
      'src/plugin.ts': "throw new Error('not today');\nexport default {};",
    };
    const bad = await run('verify', await folder(stock('1.0.0', files)));
    expect(bad.code).toBe(1);
    expect(bad.err).toMatch(/lost[\s\S]*not today/);
  });

  test('one that was killed is not taken for one that runs', async () => {
    await platform.startAgain();
    platform.process.child.kill('SIGKILL');
    await platform.process.exit;
    expect(await run('list')).toMatchObject({ code: 1, err: expect.stringContaining('No platform is running') });
    await platform.startAgain();
    expect(await run('list')).toMatchObject({ code: 0 });
  });
});
