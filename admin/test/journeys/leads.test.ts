import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chooseByTyping, expectAccessible, Product } from './product.ts';

let product: Product;
let owner: Page;

beforeAll(async () => {
  product = await Product.start();
  const Authorization = `Bearer ${await product.accessToken('owner@acme.test')}`;
  const send = (method: string, path: string, body: object) =>
    fetch(product.url + path, {
      method,
      headers: { Authorization, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  expect((await send('POST', '/api/licences/crm/trial', {})).status).toBe(201);
  expect((await send('PUT', '/api/plugins/crm/settings', { values: { currency: 'JPY' } })).ok).toBe(true);
  owner = await product.signIn('owner@acme.test');
});
afterAll(() => product?.stop());

test('a lead is refused at the field, mended, added in the currency of the tenant, and moved', async () => {
  await owner.goto('/crm/leads');
  await owner.getByText('No leads yet').waitFor();
  await owner.getByRole('button', { name: 'Add lead' }).click();
  await owner.getByLabel('Company').fill('  ');
  await owner.getByRole('button', { name: 'Save lead' }).click();
  await owner.getByText('Enter the name of the company.').waitFor();
  await expectAccessible(owner);

  await owner.getByLabel('Company').fill('Kontor Nord');
  await owner.getByLabel('Estimated value (JPY)').fill('250000');
  await owner.keyboard.press('Enter');
  const row = owner.getByRole('list', { name: 'Leads' }).getByRole('listitem');
  await row.getByText('Kontor Nord', { exact: true }).waitFor();
  expect(await row.textContent()).toMatch(/¥250,000 · 10 %/);

  await row.locator('vaadin-select').click();
  await owner.getByRole('option', { name: 'Qualified' }).click();
  await owner.getByText('Kontor Nord is now qualified').waitFor();
  await owner.locator('dl').getByText('Qualified').waitFor();

  await chooseByTyping(owner.getByLabel('Who looks after Kontor Nord'), 'robin');
  await owner.getByText('Robin Keller looks after Kontor Nord').waitFor();
  await owner.getByLabel('Only those that I look after').check();
  await owner.getByText('No leads of yours').waitFor();
  await owner.getByLabel('Only those that I look after').uncheck();
  await row.getByText('Kontor Nord', { exact: true }).waitFor();
  await expectAccessible(owner);
});
