import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { grantLicence } from './grant.ts';
import { expectAccessible, Product } from './product.ts';

let product: Product;
let admin: Page;
let operator: Page;
let loads = 0;

beforeAll(async () => {
  product = await Product.start();
  admin = await product.signIn('owner@northwind.test');
  operator = await product.visit();
  await operator.goto('/');
  await operator.getByLabel('E-mail').fill('operator@bazaar.test');
  await operator.getByLabel('Password', { exact: true }).fill('bazaar-demo-1');
  await operator.getByRole('button', { name: 'Sign in', exact: true }).click();
  await operator.getByRole('button', { name: 'Acme Staffing', exact: true }).click();
  await operator.getByRole('navigation').first().waitFor();
});
afterAll(() => product?.stop());

async function leadsAs(email: string): Promise<{ status: number; code?: string }> {
  const token = await product.accessToken(email);
  const response = await fetch(`${product.url}/api/p/crm/leads`, { headers: { authorization: `Bearer ${token}` } });
  const { code } = (await response.json()) as { code?: string };
  return { status: response.status, ...(code === undefined ? {} : { code }) };
}

test('a trial counts down, with the price that follows; the operator extends it, and the open page knows', async () => {
  await admin.goto('/admin/plugins/crm?tab=licence');
  await admin.getByRole('heading', { name: 'Not licensed' }).waitFor();
  await admin.getByRole('button', { name: 'Start trial' }).click();
  await admin.getByRole('button', { name: 'Agree and start trial' }).click();
  await admin.getByRole('heading', { name: '30 days of the trial left' }).waitFor();
  await admin.getByText('Afterwards it costs €19 a month or €182 a year for each seat.').waitFor();
  await expectAccessible(admin);
  admin.on('load', () => {
    loads += 1;
  });

  await operator.getByRole('link', { name: 'Licences', exact: true }).click();
  await operator.getByRole('heading', { level: 1, name: 'Licences' }).waitFor();
  await operator.getByRole('textbox', { name: 'Workspace' }).fill('northwind');
  // What is clicked below moves up when the others are gone.
  await operator.getByText('3 licences shown').waitFor();
  await operator.getByRole('button', { name: 'Extend trial: crm of Northwind Clinics' }).click();
  await operator.getByRole('button', { name: 'Extend', exact: true }).click();
  await operator.getByText('Trial, extended by 14 days').waitFor();
  await admin.getByRole('heading', { name: '44 days of the trial left' }).waitFor();
  await expectAccessible(operator);
});

test('people take seats while they are free; an admin releases one', async () => {
  await operator.getByRole('button', { name: 'Give licence: crm of Northwind Clinics' }).click();
  await operator.getByLabel('Reason').fill('Agreed by telephone');
  await operator.getByLabel('Seats').fill('1');
  await operator.getByRole('button', { name: 'Give licence', exact: true }).last().click();
  await admin.getByRole('heading', { name: 'Licensed for ever' }).waitFor();
  await admin.getByText('Nobody has used it yet.').waitFor();

  expect(await leadsAs('owner@northwind.test')).toMatchObject({ status: 200 });
  expect(await leadsAs('recruiter@northwind.test')).toEqual({ status: 402, code: 'seat-required' });
  await admin.getByText('1 of 1').waitFor();
  await expectAccessible(admin);
  await admin.getByRole('button', { name: 'Release the seat of Noah Lindqvist' }).click();
  await admin.getByRole('alertdialog').getByRole('button', { name: 'Release seat' }).click();
  await admin.getByText('Nobody has used it yet.').waitFor();
  expect(loads).toBe(0);
});

test('what only writes goes when a licence can only be read, and what was typed waits for its renewal', async () => {
  const crm = { tenant: 'northwind-clinics', plugin: 'crm' };
  await grantLicence(product, { ...crm, endedDaysAgo: null });
  await admin.goto('/crm/leads');
  loads = 0;
  await admin.getByRole('button', { name: 'Add lead' }).click();
  await admin.getByLabel('Company').fill('Kontor Nord');

  await grantLicence(product, { ...crm, endedDaysAgo: 5 });
  await admin.getByText(/You can see everything, but change nothing/).waitFor();
  await admin.getByText('The licence has ended: nothing can be changed until it is renewed.').waitFor();
  expect(await admin.getByRole('button', { name: 'Save lead' }).isDisabled()).toBe(true);
  await expectAccessible(admin);

  await grantLicence(product, { ...crm, endedDaysAgo: null });
  await admin.getByText(/You can see everything, but change nothing/).waitFor({ state: 'detached' });
  await admin.getByRole('button', { name: 'Save lead' }).click();
  const lead = admin.getByRole('list', { name: 'Leads' }).getByRole('listitem');
  await lead.getByText('Kontor Nord', { exact: true }).waitFor();
  await lead.locator('vaadin-select').waitFor();

  await grantLicence(product, { ...crm, endedDaysAgo: 5 });
  await lead.locator('.chip').waitFor();
  expect(await lead.locator('vaadin-select').count()).toBe(0);
  expect(await admin.getByRole('button', { name: 'Add lead' }).count()).toBe(0);
  expect(loads).toBe(0);
});

test('operators see what ends, what is used, and what belongs to nobody', async () => {
  await operator.getByRole('link', { name: 'Ending in 7 days' }).click();
  await operator.getByRole('heading', { name: 'Nothing ends soon' }).waitFor();
  await operator.getByRole('link', { name: 'Plugins in use' }).click();
  await operator.getByRole('heading', { name: 'Job board · job-board' }).waitFor();
  await expectAccessible(operator);
  await operator.getByRole('link', { name: 'Orphaned records' }).click();
  await operator.getByRole('heading', { name: 'All in order' }).waitFor();
});

test('usage is shown with what is to be expected, also in the dark on a phone', async () => {
  const phone = await product.signIn('owner@northwind.test', {
    colorScheme: 'dark',
    viewport: { width: 390, height: 844 },
  });
  await phone.goto('/admin/plugins/cv-analysis?tab=licence');
  await phone.getByRole('heading', { name: 'Usage' }).waitFor();
  await phone.getByText(/of 500 included/).waitFor();
  expect(await phone.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  await expectAccessible(phone);
});
