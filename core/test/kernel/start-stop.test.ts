import { readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type MainProcess, startMain, stopAll } from './main-process.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bazaar-start-'));
  // Root's PostgreSQL runs as somebody else, who must get here.
  await chmod(folder, 0o755);
});
afterEach(stopAll);
afterAll(() => rm(folder, { recursive: true, force: true }));

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The PostgreSQL that a platform has started. */
function postmaster(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
}

async function refused(main: MainProcess): Promise<string> {
  expect(await main.exit).toBe(1);
  expect(main.out()).not.toContain('Ready');
  const lines = main.err().trimEnd().split('\n');
  expect(lines).toHaveLength(1);
  return lines[0] ?? '';
}

describe('a platform on its own database', () => {
  test('starts, stops on SIGTERM with its database, and starts again quickly', async () => {
    const dataDir = join(folder, 'own');
    const first = startMain({ BAZAAR_DATA_DIR: dataDir });
    const url = await first.ready;
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({ ready: true, database: { ok: true } });
    expect((await stat(join(dataDir, 'secret'))).mode & 0o777).toBe(0o600);
    const database = postmaster(dataDir);
    first.child.kill('SIGTERM');
    expect(await first.exit).toBe(0);
    expect(first.err()).toBe('');
    expect(isAlive(database)).toBe(false);
    expect((await readdir(dataDir)).filter((name) => name.startsWith('bazaar-'))).toEqual([]);

    const again = startMain({ BAZAAR_DATA_DIR: dataDir });
    await again.ready;
    // 3 s on an idle machine; here others work at the same time.
    expect(Number(/Ready in ([\d.]+) s/.exec(again.out())?.[1])).toBeLessThan(60);
    again.child.kill('SIGINT');
    again.child.kill('SIGINT');
    expect(await again.exit).toBe(0);
  });

  test('a second one on the same folder says so and leaves the first alone', async () => {
    const dataDir = join(folder, 'own');
    const first = startMain({ BAZAAR_DATA_DIR: dataDir });
    const url = await first.ready;
    const second = startMain({ BAZAAR_DATA_DIR: dataDir });
    expect(await refused(second)).toBe(
      `bazaar: Bazaar is already running on ${dataDir} (process ${first.pid}). Stop it first, or use another BAZAAR_DATA_DIR.`,
    );
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  test('recovers by itself after kill -9', async () => {
    const dataDir = join(folder, 'own');
    const first = startMain({ BAZAAR_DATA_DIR: dataDir });
    const url = await first.ready;
    const setUp = {
      tenantName: 'Kept',
      tenantSlug: 'kept',
      name: 'Ada',
      email: 'ada@kept.test',
      password: 'correct-horse-battery',
    };
    const made = await fetch(`${url}/api/setup`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(setUp),
    });
    expect(made.ok, await made.text()).toBe(true);
    first.child.kill('SIGKILL');
    expect(await first.exit).toBe('SIGKILL');

    const second = startMain({ BAZAAR_DATA_DIR: dataDir });
    const signedIn = await fetch(`${await second.ready}/api/auth/sign-in`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: setUp.email, password: setUp.password }),
    });
    expect(signedIn.status).toBe(200);
    second.child.kill('SIGTERM');
    expect(await second.exit).toBe(0);
  });

  test('a signal during the start stops it in order', async () => {
    const dataDir = join(folder, 'early');
    const main = startMain({ BAZAAR_DATA_DIR: dataDir });
    await expect.poll(() => main.out(), { timeout: 90_000, interval: 5 }).toContain('database');
    main.child.kill('SIGTERM');
    expect(await main.exit).toBe(0);
    expect(main.out()).not.toContain('Ready');
    const next = startMain({ BAZAAR_DATA_DIR: dataDir });
    await next.ready;
  });

  test('a request under way is answered before it stops', async () => {
    const main = startMain({ BAZAAR_DATA_DIR: join(folder, 'own') });
    const { port } = new URL(await main.ready);
    const socket = connect(Number(port), '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    const body = JSON.stringify({ email: 'nobody@example.test', password: 'not the right one' });
    const head = `POST /api/auth/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`;
    socket.write(head);
    // Before that it is not under way: what is stopped may close a connection on which nothing has been asked yet.
    await expect.poll(() => answer).toContain('100 Continue');
    socket.write(body.slice(0, 10));
    await expect.poll(() => main.child.kill('SIGTERM') && main.out()).toContain('Stopping');
    await new Promise((resolve) => setTimeout(resolve, 200));
    socket.write(body.slice(10));
    expect(await main.exit).toBe(0);
    expect(answer).toMatch(/^HTTP\/1\.1 100 .*HTTP\/1\.1 401 .*invalid-credentials/s);
  });
});

describe('one clear line when it cannot start', () => {
  test('port taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const dataDir = join(folder, 'port');
    const line = await refused(startMain({ PORT: String(port), BAZAAR_DATA_DIR: dataDir }));
    expect(line).toBe(
      `bazaar: Port ${port} on 127.0.0.1 is taken by another program. Stop it, or choose another port: PORT=4001.`,
    );
    // Nothing half-made: no database, no secret.
    expect(await readdir(dataDir)).toEqual([]);
    other.close();
  });

  test.each([
    ['postgres://nobody:topsecret@127.0.0.1:1/nothing', /No PostgreSQL answers at 127\.0\.0\.1:1 \(DATABASE_URL\)/],
    ['postgres://nobody:topsecret@no-such-host.invalid/x', /no-such-host\.invalid.*DATABASE_URL/],
    ['mysql://root:topsecret@localhost/x', /DATABASE_URL must look like postgres/],
  ])('DATABASE_URL=%s', async (url, words) => {
    const line = await refused(startMain({ DATABASE_URL: url, BAZAAR_DATA_DIR: join(folder, 'url') }));
    expect(line).toMatch(words);
    expect(line).not.toContain('topsecret');
  });

  test.each([
    ['PORT', 'http', /PORT must be a whole number/],
    ['BAZAAR_ROLE', 'boss', /BAZAAR_ROLE must be one of web, worker, both/],
    ['HOST', '192.0.2.1', /HOST=192\.0\.2\.1 is not an address of this machine/],
  ])('%s=%s', async (name, value, words) => {
    expect(await refused(startMain({ [name]: value, BAZAAR_DATA_DIR: join(folder, 'wrong') }))).toMatch(words);
  });

  test('a data folder that is a file', async () => {
    const path = join(folder, 'file');
    await writeFile(path, '');
    expect(await refused(startMain({ BAZAAR_DATA_DIR: path }))).toMatch(/data folder .* cannot be used: .*file/);
  });

  test('a data folder of something else', async () => {
    const dataDir = join(folder, 'foreign');
    await mkdir(join(dataDir, 'postgres'), { recursive: true });
    await writeFile(join(dataDir, 'postgres/holiday.jpg'), '');
    expect(await refused(startMain({ BAZAAR_DATA_DIR: dataDir }))).toContain('not a PostgreSQL database');
  });
});

test('a worker answers probes only; a broken plugin lock stops nothing', async () => {
  const lock = join(folder, 'broken.lock.json');
  await writeFile(lock, '{"lockVersion": 1, "plugins": {"ghost": {"version": "1.0.0"}}}');
  const main = startMain({ BAZAAR_DATA_DIR: join(folder, 'own'), BAZAAR_ROLE: 'worker', BAZAAR_PLUGINS_LOCK: lock });
  const url = await main.ready;
  expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({
    ready: true,
    plugins: [],
    warnings: [{ code: 'plugin-not-loaded' }],
  });
  expect((await fetch(`${url}/api/me`)).status).toBe(404);
  expect(main.err()).toContain('plugins.lock.json');
});
