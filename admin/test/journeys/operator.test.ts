import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { coloured, type Files, packed, spinning } from '../../../core/test/lifecycle/support/stock-package.ts';
import { expectAccessible, Product } from './product.ts';

let product: Product;
let folder: string;
let operator: Page;
let admin: Page;

async function send(email: string, method: string, path: string, body: unknown = {}): Promise<number> {
  const isPackage = body instanceof Uint8Array;
  const response = await fetch(`${product.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await product.accessToken(email)}`,
      'content-type': isPackage ? 'application/gzip' : 'application/json',
    },
    body: isPackage ? new Uint8Array(body) : JSON.stringify(body),
  });
  return response.status;
}

const bring = async (path: string, files: Files) =>
  send('operator@bazaar.test', 'POST', `/api/operator/plugins${path}`, await packed(folder, files));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bazaar-operator-'));
  // With a lock file of its own: what is installed is written there.
  product = await Product.start('inline');
  expect(await bring('?grantAll=true', spinning())).toBeLessThan(300);
  expect(await send('owner@acme.test', 'POST', '/api/licences/stock/trial')).toBeLessThan(300);
  admin = await product.signIn('owner@acme.test');
  operator = await product.visit();
  await operator.goto('/');
  await operator.getByLabel('E-mail').fill('operator@bazaar.test');
  await operator.getByLabel('Password', { exact: true }).fill('bazaar-demo-1');
  await operator.getByRole('button', { name: 'Sign in', exact: true }).click();
  await operator.getByRole('button', { name: 'Acme Staffing', exact: true }).click();
  await operator.getByRole('link', { name: 'Installed plugins' }).click();
  await operator.getByRole('heading', { level: 1, name: 'Installed plugins' }).waitFor();
});
afterAll(async () => {
  await product?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const stockRow = () => operator.getByRole('listitem').filter({ has: operator.getByRole('heading', { name: /Stock/ }) });

test('a version that one workspace tries is taken over by all, and rolled back, after a question each', async () => {
  await stockRow().getByText('1.0.0, isolated from the platform').waitFor();
  expect(await bring('/stock/canary?grantAll=true&tenants=acme-staffing', coloured())).toBeLessThan(300);
  await stockRow()
    .getByText(/1\.1\.0 is on trial for acme-staffing/)
    .waitFor();
  await expectAccessible(operator);
  await operator.getByRole('button', { name: 'Serve everybody: Stock' }).click();
  await operator.getByRole('alertdialog').getByRole('button', { name: 'Serve everybody' }).click();
  await stockRow().getByText('1.0.0 served before').waitFor();
  await operator.getByRole('button', { name: 'Roll back: Stock' }).click();
  await operator.getByRole('alertdialog').getByText('1.0.0 serves everybody in the place of 1.1.0').waitFor();
  await operator.getByRole('alertdialog').getByRole('button', { name: 'Roll back' }).click();
  await stockRow().getByText('1.1.0 served before').waitFor();
});

test('what did harm is stopped with the reason, for operator and admin, and runs again', async () => {
  await admin.goto('/admin/plugins/stock');
  await admin.getByRole('heading', { level: 1, name: 'Stock' }).waitFor();
  const spin = async () => {
    await send('owner@acme.test', 'POST', '/api/p/stock/goods', { name: 'spin' });
    return stockRow().getByText('1.0.0 was stopped.').count();
  };
  await expect.poll(spin, { timeout: 100_000 }).toBe(1);
  await admin.getByText('Stock 1.0.0 was stopped.').waitFor();
  await expectAccessible(admin);
  await expectAccessible(operator);
  await operator.getByRole('button', { name: 'Let it run again: Stock' }).click();
  await operator.getByRole('alertdialog').getByRole('button', { name: 'Let it run' }).click();
  await stockRow().getByText('Serves', { exact: true }).waitFor();
  await admin.getByText('Stock 1.0.0 was stopped.').waitFor({ state: 'detached' });
});

test('what is uninstalled shows first what goes with it, and comes back', async () => {
  await operator.getByRole('button', { name: 'Uninstall: Stock' }).click();
  const dialog = operator.getByRole('dialog', { name: 'Uninstall Stock?' });
  await dialog.getByText(/1 with a licence/).waitFor();
  await expectAccessible(operator);
  await dialog.getByRole('button', { name: 'Uninstall' }).click();
  await stockRow()
    .getByText(/Its data is kept at least until/)
    .waitFor();
  await admin.getByText('Stock was uninstalled.').waitFor();
  await operator.getByRole('button', { name: 'Restore: Stock' }).click();
  await stockRow().getByText('Serves', { exact: true }).waitFor();
  await admin.getByText('Stock was uninstalled.').waitFor({ state: 'detached' });
});

test('all of it is readable in the dark on a phone', async () => {
  await operator.setViewportSize({ width: 390, height: 844 });
  await operator.emulateMedia({ colorScheme: 'dark' });
  const overflow = await operator.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await expectAccessible(operator);
});

test('with colours of one’s own, a field has one edge and a menu has its arrow', async () => {
  await operator.emulateMedia({ forcedColors: 'active' });
  const edge = await operator
    .locator('vaadin-text-field')
    .evaluate((field) => getComputedStyle(field, '::before').borderTopColor);
  expect(edge).toBe('rgba(0, 0, 0, 0)');
  const [arrow, around] = await operator
    .locator('vaadin-menu-bar-button')
    .first()
    .evaluate((button) => {
      const suffix = button.shadowRoot?.querySelector('[part~="suffix"]');
      return [suffix && getComputedStyle(suffix, '::after'), getComputedStyle(button)].map(
        (look) => look?.backgroundColor,
      );
    });
  expect(arrow).toMatch(/^rgb/);
  expect(arrow).not.toBe(around);
});
