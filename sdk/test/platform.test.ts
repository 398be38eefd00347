import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiProblem, type Platform, startPlatform } from '../src/testing/index.ts';

const notes = resolve(import.meta.dirname, '../../core/test/fixtures/plugins/notes');

let platform: Platform;
let milliseconds: number;
beforeAll(async () => {
  const begun = performance.now();
  platform = await startPlatform({ plugins: [notes] });
  milliseconds = performance.now() - begun;
});
afterAll(() => platform.stop());

test('a real kernel is there within the time a test file may take to start', () => {
  // 2 s on an idle machine; here others work at the same time.
  expect(milliseconds).toBeLessThan(60_000);
});

describe('people', () => {
  test('each role of both tenants can sign in', async () => {
    const { tenant, user, accessToken } = await platform.signIn('recruiter@second.test');
    expect([tenant.slug, user.email]).toEqual(['second', 'recruiter@second.test']);
    expect(await platform.client(accessToken).json('GET', '/api/me')).toMatchObject({ user: { email: user.email } });
    await expect(platform.signIn('recruiter@first.test', 'wrong password')).rejects.toMatchObject({ status: 401 });
  });

  test('hold what their role gives them', async () => {
    const [owner, viewer] = [await platform.as('owner'), await platform.as('viewer')];
    expect(await owner.json('GET', '/api/plugins')).toMatchObject({ items: [{ id: 'notes' }] });
    const refused = viewer.call('notes.notes.list');
    await expect(refused).rejects.toBeInstanceOf(ApiProblem);
    await expect(refused).rejects.toMatchObject({ status: 403, code: 'forbidden' });
  });
});

describe('actions', () => {
  test('are called by name, wherever they are', async () => {
    const recruiter = await platform.as('recruiter');
    const note = await recruiter.call<{ id: string }>('notes.notes.create', {
      topic: 'harness',
      number: 1,
      body: 'Hello',
    });
    expect(await recruiter.call('notes.notes.get', { id: note.id })).toMatchObject({
      topic: 'harness',
      number: 1,
      body: 'Hello',
    });
    expect(await recruiter.call('notes.notes.list', { limit: 1 })).toMatchObject({ items: [{ id: note.id }] });
    await expect(recruiter.call('notes.nothing')).rejects.toThrow('no action "notes.nothing"');
  });

  test('another tenant’s rows are not there', async () => {
    const mine = await (await platform.as('recruiter')).call<{ id: string }>('notes.notes.create', {
      topic: 'mine',
      number: 1,
    });
    const stranger = await platform.as('recruiter', 'second');
    await expect(stranger.call('notes.notes.get', { id: mine.id })).rejects.toMatchObject({ status: 404 });
  });

  test('refusals name the fields', async () => {
    const recruiter = await platform.as('recruiter');
    await expect(recruiter.call('notes.notes.create', { topic: 5 })).rejects.toMatchObject({
      code: 'invalid-input',
      errors: expect.arrayContaining([expect.objectContaining({ pointer: '/topic' })]) as unknown,
    });
  });
});

test('visitors have no permissions', async () => {
  await expect(platform.visitor().call('notes.notes.list')).rejects.toMatchObject({ status: 401 });
});

test('the platform ends with the process that started it, also when that is killed', async () => {
  const script = `
    import { startPlatform } from ${JSON.stringify(resolve(import.meta.dirname, '../src/testing/index.ts'))};
    const { pid } = await startPlatform({ plugins: [${JSON.stringify(notes)}] });
    process.stdout.write(String(pid) + '\\n');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const pid = Number(line.toString());
  child.kill('SIGKILL');
  const alive = () => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  };
  expect(pid).toBeGreaterThan(0);
  await expect.poll(alive, { timeout: 60_000 }).toBe(false);
});

test('says why a plugin cannot be run', async () => {
  await expect(startPlatform({ plugins: [import.meta.dirname], fixture: { tenants: [] } })).rejects.toThrow(
    /package\.json: cannot be read/,
  );
});

test('plugins can be made to run in sandboxes', async () => {
  const sandboxed = await startPlatform({ plugins: [notes], tier: 'sandbox' });
  try {
    const owner = await sandboxed.as('owner');
    expect(await owner.json('GET', '/api/plugins')).toMatchObject({ items: [{ id: 'notes', tier: 'sandbox' }] });
    const note = await owner.call<{ id: string }>('notes.notes.create', { topic: 'boxed', number: 1 });
    expect(await owner.call('notes.notes.get', { id: note.id })).toMatchObject({ topic: 'boxed', number: 1 });
  } finally {
    await sandboxed.stop();
  }
});
