import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { OperatedPlatform } from './support/operated-platform.ts';
import { ask } from './support/served.ts';
import { type Files, packed, renamed, stock } from './support/stock-package.ts';
import type { TestSession } from './support/test-session.ts';

const ACME = 'acme-staffing';

vi.setConfig({ testTimeout: 180_000 });

/** Adds twice, and in between stays inside for as many milliseconds as the name says. */
const SLOW = `import { definePlugin } from '@bazaar/sdk';

export default definePlugin({
  actions: {
    'goods.list': async (ctx) => ({ version: 'slow', goods: await ctx.queries.allGoods({}) }),
    'goods.add': async (ctx, { name }) => {
      await ctx.db.goods.insert({ name: 'first' });
      await new Promise((resolve) => setTimeout(resolve, Number(name)));
      return { id: (await ctx.db.goods.insert({ name: 'second' })).id };
    },
  },
});
`;

let platform: OperatedPlatform;
let admin: TestSession;
beforeAll(async () => {
  platform = await OperatedPlatform.start();
  admin = await platform.admin();
}, 120_000);
afterAll(() => platform?.stop());

const operate = (path: string, body?: object) => platform.call('POST', `/api/operator/plugins${path}`, body);
const send = async (path: string, files: Files) => operate(path, await packed(platform.folder, files));
const rows = (schema: string) => admin.rows<{ name: string }>(`select name from ${schema}.goods order by created_at`);

test('who is inside a plugin when it is uninstalled ends in peace', async () => {
  await send('?grantAll=true&tier=inline', stock('1.0.0', { 'src/plugin.ts': SLOW }));
  await platform.call('POST', '/api/licences/stock/trial', {}, ACME);
  const pending = platform.fetch('POST', '/api/p/stock/goods', { name: '1500' }, ACME);
  await sleep(500);
  const done = operate('/stock/uninstall', { confirm: true });
  await expect.poll(() => ask(platform, ACME), { timeout: 30_000, interval: 20 }).toBe('404 plugin-uninstalled');
  expect((await pending).status).toBe(200);
  await done;
  expect((await rows('parked_stock')).map(({ name }) => name)).toEqual(['first', 'second']);
  await operate('/stock/restore');
});

test('a drained switch waits for who is inside, and everybody else waits for it', async () => {
  const slow = platform.fetch('POST', '/api/p/stock/goods', { name: '1500' }, ACME);
  await sleep(500);
  const done = send('/stock/upgrade?drain=true', renamed('1.5.0'));
  const asked: Promise<string>[] = [];
  let isDone = false;
  void done.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    asked.push(ask(platform, ACME));
    await sleep(20);
  }
  expect((await slow).status).toBe(200);
  await done;
  expect(new Set(await Promise.all(asked))).toEqual(new Set(['200 slow', '200 1.5.0']));
  await operate('/stock/uninstall', { confirm: true });
  await operate('/stock/purge', { confirm: true });
});

test('a drained switch gives up on who stays too long, and nothing has changed', async () => {
  await send('?grantAll=true&tier=inline', stock('1.0.0', { 'src/plugin.ts': SLOW }));
  const slow = platform.fetch('POST', '/api/p/stock/goods', { name: '14000' }, ACME);
  await sleep(500);
  await expect(send('/stock/upgrade?drain=true', renamed('1.5.0'))).rejects.toMatchObject({
    status: 503,
    reason: 'drain-timed-out',
  });
  expect(await ask(platform, ACME)).toBe('200 slow');
  expect((await slow).status).toBe(200);
  expect((await rows('p_stock')).map(({ name }) => name)).toEqual(['first', 'second']);
  await send('/stock/upgrade?drain=true', renamed('1.5.0'));
  expect(await ask(platform, ACME)).toBe('200 1.5.0');
});
