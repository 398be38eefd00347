import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, Product } from './product.ts';

let product: Product;
let admin: Page;
let recruiter: Page;

beforeAll(async () => {
  product = await Product.start();
  admin = await product.signIn('owner@northwind.test');
  recruiter = await product.signIn('recruiter@northwind.test');
});
afterAll(() => product?.stop());

const api = async (path: string) => {
  const token = await product.accessToken('recruiter@northwind.test');
  const response = await fetch(`${product.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, type: response.headers.get('content-type'), body: await response.json() };
};

test('a plugin without a licence answers 402 and says what to do', async () => {
  const { status, type, body } = await api('/api/p/crm/leads');
  expect(status).toBe(402);
  expect(type).toContain('application/problem+json');
  expect(body).toMatchObject({ code: 'licence-required', action: { href: expect.stringContaining('crm') } });
});

test('the admin reads what a plugin may do, starts a trial, and uses it at once', async () => {
  await admin.getByRole('link', { name: 'Plugins' }).click();
  await admin.getByRole('heading', { level: 1, name: 'Plugins' }).waitFor();
  await expectAccessible(admin);
  await admin.getByRole('button', { name: 'Start trial of CRM' }).click();
  await admin.getByRole('button', { name: 'Agree and start trial' }).click();
  await admin.getByRole('navigation').first().getByRole('link', { name: 'Leads' }).click();
  await admin.getByRole('heading', { level: 1, name: 'Leads' }).waitFor();
  await admin.getByRole('button', { name: 'Add lead' }).click();
  await admin.getByRole('button', { name: 'Save lead' }).click();
  await admin.locator('vaadin-text-field[invalid]').first().waitFor();
  await admin.getByLabel('Company').fill('Lakeside Hospital Group');
  await admin.getByRole('button', { name: 'Save lead' }).click();
  await admin.getByText('Lakeside Hospital Group').first().waitFor();
  await expectAccessible(admin);
  expect((await api('/api/p/crm/leads')).status).toBe(200);
});

test('a plugin switched off is gone everywhere at once, and back again without reload', async () => {
  await recruiter.getByRole('navigation').first().getByRole('link', { name: 'Jobs', exact: true }).click();
  await recruiter.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor();
  let loads = 0;
  recruiter.on('load', () => {
    loads += 1;
  });

  await admin.getByRole('link', { name: 'Plugins' }).click();
  await admin.getByRole('button', { name: 'Switch off Job board' }).click();
  await admin.getByRole('alertdialog').getByRole('button').last().waitFor();
  await admin.evaluate(() => history.back());
  await admin.getByRole('alertdialog').waitFor({ state: 'detached' });
  expect(new URL(admin.url()).pathname).toBe('/admin/plugins');
  // The page before this one is another document then: a press that leads there cannot be held back.
  await admin.goto('/');
  await admin.goto('/admin/plugins');
  await admin.getByRole('button', { name: 'Switch off Job board' }).click();
  await admin.getByRole('alertdialog').getByRole('button').last().waitFor();
  await admin.evaluate(() => history.back());
  await admin.getByRole('alertdialog').waitFor({ state: 'detached' });
  expect(new URL(admin.url()).pathname).toBe('/admin/plugins');
  await admin.getByRole('heading', { level: 1, name: 'Plugins' }).waitFor();
  await admin.evaluate(() => history.back());
  await admin.waitForURL((url) => url.pathname === '/');
  await admin.goto('/admin/plugins');

  await admin.getByRole('button', { name: 'Switch off Job board' }).click();
  await admin.getByRole('alertdialog').getByRole('button').last().click();
  await recruiter.getByRole('heading', { name: /Job board is not available/ }).waitFor({ timeout: 5_000 });
  const navigation = recruiter.getByRole('navigation').first();
  expect(await navigation.getByRole('link', { name: 'Jobs', exact: true }).count()).toBe(0);
  const refused = await api('/api/p/job-board/jobs');
  expect(refused.status).toBe(403);
  expect(refused.body).toMatchObject({ code: 'plugin-disabled' });
  expect((await fetch(`${product.url}/t/northwind-clinics/jobs`)).status).toBe(404);

  await admin.getByRole('button', { name: 'Switch on Job board' }).click();
  await navigation.getByRole('link', { name: 'Jobs', exact: true }).waitFor({ timeout: 5_000 });
  expect((await api('/api/p/job-board/jobs')).status).toBe(200);
  expect(loads).toBe(0);
});

test('what was done stands in the audit log', async () => {
  await admin.getByRole('link', { name: 'Audit log' }).click();
  await admin.getByRole('heading', { level: 1, name: /Audit/ }).waitFor();
  await admin.getByText(/trial/i).first().waitFor();
  await expectAccessible(admin);
  await admin.getByLabel('Action').fill('plugin.disabled');
  await admin.getByLabel('Action').press('Enter');
  await admin.waitForURL('**/admin/audit?action=plugin.disabled');
  // Rows that are not needed any more stay in the grid, out of sight.
  const trials = admin.getByText(/trial/i).filter({ visible: true });
  await expect.poll(() => trials.count()).toBe(0);
  await admin.reload();
  await admin.getByText('plugin.disabled').filter({ visible: true }).first().waitFor();
  expect(await trials.count()).toBe(0);
});

test('everything is readable in the dark and on a phone', async () => {
  const phone = await product.signIn('recruiter@northwind.test', {
    colorScheme: 'dark',
    viewport: { width: 390, height: 844 },
  });
  for (const path of ['/', '/job-board/jobs', '/job-board/applications', '/cv-analysis/documents', '/tasks']) {
    await phone.goto(path);
    await phone.getByRole('heading', { level: 1 }).waitFor();
    const overflow = await phone.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, path).toBeLessThanOrEqual(0);
    await expectAccessible(phone);
  }
  await phone.context().close();
});
