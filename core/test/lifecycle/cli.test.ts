import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { run as runHere } from '../../src/cli/run.ts';
import { bazaar, type Run } from './support/bazaar.ts';
import { OperatedPlatform } from './support/operated-platform.ts';
import { coloured, type Files, packedInOrder, renamed, stock, writePackage } from './support/stock-package.ts';
import type { TestSession } from './support/test-session.ts';
import { wholeState } from './support/whole-state.ts';

// Each command line is a process of its own.
vi.setConfig({ testTimeout: 180_000 });

let platform: OperatedPlatform;
let admin: TestSession;
beforeAll(async () => {
  platform = await OperatedPlatform.start();
  admin = await platform.admin();
}, 120_000);
afterAll(() => platform?.stop());

const run = (...args: string[]): Promise<Run> => bazaar(platform.environment, 'plugin', ...args);
const folder = (files: Files) => writePackage(platform.folder, files);
const served = async () =>
  (await platform.call<{ version: string }>('GET', '/api/p/stock/goods', undefined, 'acme-staffing')).version;

/** Runs it, and expects that it was done. */
async function done(...args: string[]): Promise<string> {
  const { code, out, err } = await run(...args);
  expect([code, err]).toEqual([0, expect.any(String)]);
  return out;
}

test('a package asks for consent before it is installed', async () => {
  const before = await wholeState(platform, admin);
  const { code, out, err } = await run('install', await folder(stock()));
  expect([code, out]).toEqual([1, '']);
  expect(err).toContain('tasks: Reminds people of what runs out');
  expect(err).toContain('--grant-all');
  expect(err).toContain('--grant tasks');
  const asJson = await run('install', await folder(stock()), '--json');
  expect(JSON.parse(asJson.out)).toMatchObject({ status: 409, reason: 'consent-needed' });
  expect(await wholeState(platform, admin)).toEqual(before);
});

test('a folder is packed and installed, and serves when the command ends', async () => {
  const { code, out, err } = await run('install', await folder(stock()), '--grant', 'tasks', '--tier', 'sandbox');
  expect([code, out]).toEqual([0, 'stock 1.0.0 is installed and serves.\n']);
  expect(err).toMatch(/install stock: \w+ …/);
  await platform.call('POST', '/api/licences/stock/trial', {}, 'acme-staffing');
  expect(await served()).toBe('1.0.0');
  await platform.call('POST', '/api/p/stock/goods', { name: 'kept' }, 'acme-staffing');
});

test('the list is a table for people and JSON for programs', async () => {
  const [heading, row] = (await done('list')).split('\n');
  expect(heading).toMatch(/^PLUGIN +VERSION +TIER +STATE/);
  expect(row).toMatch(/^stock +1\.0\.0 +sandbox +active/);
  expect(JSON.parse(await done('list', '--json'))).toMatchObject({ items: [{ id: 'stock', activeVersion: '1.0.0' }] });
  expect(await done('list', '--state', 'parked')).toBe('There are no plugins.\n');
});

test('a .tgz is upgraded to, tried, promoted, rolled back and pinned', async () => {
  const file = join(platform.folder, 'stock-1.1.0.tgz');
  await writeFile(file, await packedInOrder(await folder(coloured())));
  expect(await done('verify', file)).toMatch(/stock 1\.1\.0 is in order/);
  await done('upgrade', file);
  expect(await served()).toBe('1.1.0');
  const back = await run('rollback', 'stock');
  expect(back).toMatchObject({ code: 0, out: expect.stringMatching(/^stock 1\.0\.0 serves again\. 1\.1\.0 /) });
  // Before anything is done.
  expect(back.err).toMatch(/^Return stock from 1\.1\.0 to 1\.0\.0\n/);
  await done('canary', 'stock', '--version', '1.1.0', '--tenant', 'acme-staffing');
  expect(await served()).toBe('1.1.0');
  expect(await done('list')).toContain('1.1.0 (1 tenant)');
  await done('canary', 'stock', '--stop');
  expect(await served()).toBe('1.0.0');
  await done('canary', await folder(coloured('1.2.0')), '--percent', '100', '--max-error-rate', '0.5');
  await done('canary', 'stock', '--promote');
  expect(await served()).toBe('1.2.0');
  await done('pin', 'stock', '--tenant', 'acme-staffing', '--version', '1.0.0');
  expect(await served()).toBe('1.0.0');
  await done('pin', 'stock', '--tenant', 'acme-staffing', '--lift');
  const refused = await run('upgrade', await folder(renamed()));
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('drain') });
  await done('upgrade', await folder(renamed()), '--drain');
  expect(await served()).toBe('2.0.0');
});

test('what destroys shows what it touches, and does nothing without --yes', async () => {
  for (const args of [
    ['disable', 'stock', '--tenant', 'acme-staffing'],
    ['uninstall', 'stock'],
  ]) {
    const { code, out, err } = await run(...args);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/Tenants +1 with a licence, 1 switched on/);
    expect(err).toMatch(/Data +1 row in 5 tables/);
    expect(err).toMatch(/goods +1\n/);
    expect(err).toContain('--yes');
  }
  const { code, out } = await run('uninstall', 'stock', '--json');
  expect([code, JSON.parse(out)]).toMatchObject([1, { confirmed: false, impact: { rows: 1 } }]);
  expect(await served()).toBe('2.0.0');
});

test('off and on for a tenant; uninstalled, restored, purged', async () => {
  await done('disable', 'stock', '--tenant', 'acme-staffing', '--yes');
  await expect(served()).rejects.toMatchObject({ code: 'plugin-disabled' });
  await done('enable', 'stock', '--tenant', 'acme-staffing');
  await done('enable', 'stock');
  await done('uninstall', 'stock', '--retention-days', '2', '--yes');
  await expect(served()).rejects.toMatchObject({ reason: 'plugin-uninstalled' });
  expect(await done('list')).toMatch(/stock .* parked/);
  await done('restore', 'stock');
  expect(await served()).toBe('2.0.0');
  await done('uninstall', 'stock', '--yes');
  const out = await done('purge', 'stock', '--yes');
  const file = /Written before: (.*)\n/.exec(out)?.[1] ?? '';
  expect((await stat(file)).size).toBeGreaterThan(100);
  expect(await done('list')).toBe('There are no plugins.\n');
  const operations = await done('operations', 'stock', '--limit', '3');
  expect(operations).toMatch(/purge +stock .* done/);
});

test('whoever sits at a terminal is asked', async () => {
  for (const [name, value] of Object.entries(platform.environment)) vi.stubEnv(name, value);
  const asked: string[] = [];
  const atTerminal = async (yes: boolean, ...args: string[]) => {
    const lines: string[] = [];
    const add = (line: string) => void lines.push(line);
    const confirm = async (question: string) => {
      asked.push(question);
      return yes;
    };
    const code = await runHere(['plugin', ...args], { out: add, err: add, confirm });
    return `${code} ${lines.join('\n')}`;
  };
  const place = await folder(stock());
  expect(await atTerminal(false, 'install', place)).toMatch(/^1 [\s\S]*tasks: Reminds people/);
  expect(await atTerminal(true, 'install', place)).toMatch(/^0 [\s\S]*stock 1\.0\.0 is installed and serves/);
  expect(await atTerminal(false, 'uninstall', 'stock')).toMatch(/^1 [\s\S]*Nothing was changed/);
  expect(await atTerminal(true, 'uninstall', 'stock')).toMatch(/^0 [\s\S]*stock is uninstalled/);
  expect(await atTerminal(true, 'purge', 'stock', '--no-export')).toMatch(/^0 (?![\s\S]*Written)/);
  expect(asked.filter((question) => question === 'Grant this?')).toHaveLength(2);
  expect(asked.filter((question) => question.startsWith('Really'))).toHaveLength(3);
  vi.unstubAllEnvs();
});

test('the log is verified, and the first row that was tampered with is named', async () => {
  const verify = (...args: string[]) => bazaar(platform.environment, 'audit', 'verify', ...args);
  expect(await verify()).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^The audit log is as it was written: \d+ rows/),
  });
  const tamper = (action: string, id: string) =>
    admin.rows(`with off as (select set_config('session_replication_role', 'replica', true))
      update core.audit_log set action = '${action}' from off where id = '${id}'`);
  const [row] = await admin.rows<{ id: string; slug: string; action: string }>(
    `select a.id, t.slug, a.action from core.audit_log a join core.tenants t on t.id = a.tenant_id order by a.at limit 1`,
  );
  const { id = '', slug = '', action = '' } = row ?? {};
  await tamper('something.else', id);
  const { code, out } = await verify();
  expect([code, out]).toEqual([1, expect.stringContaining(`First: ${slug}, link 1, row ${id} of `)]);
  const asJson = await verify('--json', '--tenant', slug);
  expect(asJson.code).toBe(1);
  expect(JSON.parse(asJson.out)).toMatchObject({
    intact: false,
    first: { kind: 'altered', tenant: slug, rowId: id, link: 1 },
  });
  await tamper(action, id);
  expect((await verify('--tenant', slug)).code).toBe(0);
  expect(await verify('--tenant', 'nobody')).toMatchObject({ code: 1, err: 'bazaar: There is no tenant "nobody".\n' });
  expect(await bazaar(platform.environment, 'delivery', 'list')).toMatchObject({ code: 0, out: 'There is none.\n' });
  expect(await bazaar(platform.environment, 'delivery', 'retry', 'stock')).toMatchObject({
    code: 0,
    out: 'Nothing was given up.\n',
  });
});

test('the log names who sat at the console', async () => {
  const rows = await admin.rows<{ action: string; kind: string; detail: { commandLine?: string } }>(
    `select action, actor_kind as kind, detail from core.audit_log where plugin_id = 'stock' and action like 'plugin.%'`,
  );
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.find(({ action }) => action === 'plugin.purged')).toMatchObject({
    kind: 'system',
    detail: { commandLine: expect.stringMatching(/./) },
  });
});

test.each([
  ['pin', ['pin', 'stock'], '--tenant'],
  ['canary', ['canary', 'stock', '--version', '1.0.0'], '--percent'],
  ['canary', ['canary', 'stock', '--promote', '--stop'], 'one of'],
  ['install', ['install'], 'Missing: <folder or .tgz>'],
  ['install', ['install', '.', '--tier', 'root'], 'sandbox or inline'],
  ['uninstall', ['uninstall', 'stock', '--retention-days', 'long'], 'number'],
])('a command line that makes no sense: %s %j', async (_name, args, words) => {
  expect(await run(...args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(words) });
});

test.each([
  ['a plugin that is not there', ['rollback', 'nobody'], 'not installed'],
  ['a path that is not there', ['install', '/no/such/folder'], 'there is nothing there'],
  ['a folder that is no package', ['install', import.meta.dirname], 'package.json'],
  ['a plugin that is gone', ['enable', 'stock', '--tenant', 'nowhere'], 'stock'],
])('%s is said in words: exit code 1', async (_name, args, words) => {
  expect(await run(...args)).toMatchObject({ code: 1, out: '', err: expect.stringContaining(words) });
});

test('people who cannot get in are helped; operators are made and unmade', async () => {
  const account = (...args: string[]) => bazaar(platform.environment, 'account', ...args);
  const EMAIL = 'recruiter@acme.test';
  expect(await account('unlock', EMAIL)).toMatchObject({ code: 0, out: 'There were no failed sign-ins.\n' });
  expect(await account('operator', EMAIL)).toMatchObject({
    code: 0,
    out: `${EMAIL} is an operator of the platform now.\n`,
  });
  const revoked = await account('operator', EMAIL, '--revoke', '--json');
  expect([revoked.code, JSON.parse(revoked.out)]).toEqual([0, { changed: true }]);
  expect(await account('reset-second-factor', EMAIL)).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('Confirm with --yes.'),
  });
  const unknown = await account('reset-second-factor', 'nobody@acme.test', '--yes');
  expect(unknown).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^bazaar: /) });
});

test('people of the demo may make workspaces: their addresses count as confirmed', async () => {
  const made = await platform.call('POST', '/api/tenants', { tenantName: 'One more' }, 'acme-staffing');
  expect(made).toMatchObject({ slug: 'one-more', name: 'One more' });
});
