import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, Product } from './product.ts';

let product: Product;
let owner: Page;

beforeAll(async () => {
  product = await Product.start();
  owner = await product.signIn('owner@northwind.test');
});
afterAll(() => product?.stop());

/** The double listens next to the platform. */
const provider = () => product.url.replace(/:(\d+)$/, (_all, port: string) => `:${Number(port) + 1}`);
const DAY = 86_400;

async function pass(days: number): Promise<void> {
  const response = await fetch(`${provider()}/_double/clock`, {
    method: 'POST',
    body: JSON.stringify({ advance: days * DAY }),
  });
  expect(response.status).toBe(200);
}

test('an admin tries a plugin, sees what it costs, and subscribes on the page of the payment provider', async () => {
  await owner.goto('/admin/plugins/crm');
  await owner.getByRole('button', { name: 'Start trial' }).click();
  await owner.getByRole('button', { name: 'Agree and start trial' }).click();
  await owner.getByRole('link', { name: 'Plans' }).click();
  await owner.getByText('Test payments: no money moves.').waitFor();
  await owner.getByText(/Your trial goes on until/).waitFor();
  await owner.getByLabel('Seats').fill('2');
  await owner.getByLabel('Seats').press('Tab');
  await owner.getByText('€38').waitFor();
  await expectAccessible(owner);
  await owner.getByRole('button', { name: 'Subscribe, monthly' }).click();
  await owner.getByRole('heading', { name: 'Checkout' }).waitFor();
  expect(new URL(owner.url()).origin).toBe(provider());
  await owner.getByRole('button', { name: 'Subscribe' }).click();
  await owner.getByRole('heading', { name: 'You have subscribed to CRM' }).waitFor();
  expect(new URL(owner.url()).pathname).toBe('/admin/billing/return');
  await owner.getByRole('link', { name: 'Show billing' }).click();
  await owner.getByText('€38 a month for 2 seats').waitFor();
  await owner.getByText(/Visa ending in/).waitFor();
  await expectAccessible(owner);
});

test('the trial over, it is paid; more seats cost what the preview says; cancelling can be taken back', async () => {
  await pass(31);
  const invoices = owner.getByRole('table');
  await invoices.getByText('€38').first().waitFor();
  const pdf = await owner.request.get(
    (await invoices
      .getByRole('link', { name: /as PDF/ })
      .first()
      .getAttribute('href')) ?? '',
  );
  expect(pdf.headers()['content-type']).toBe('application/pdf');

  await owner.getByRole('button', { name: 'Change CRM' }).click();
  await owner.getByRole('dialog').getByLabel('Seats').fill('3');
  await owner.getByRole('dialog').getByLabel('Seats').press('Tab');
  await owner.getByText(/is charged now, for the rest of this period/).waitFor();
  await owner.getByRole('button', { name: 'Change now' }).click();
  await owner.getByText('€57 a month for 3 seats').waitFor();

  await owner.getByRole('button', { name: 'Cancel CRM' }).click();
  await owner.getByRole('button', { name: 'Cancel subscription' }).click();
  await owner.getByText('Ends soon').waitFor();
  await owner.getByRole('button', { name: 'Resume CRM' }).click();
  await owner.getByText('Active', { exact: true }).first().waitFor();
});

test('a card that fails is told on every page, and paying mends it', async () => {
  await owner.getByRole('button', { name: 'Change card and address' }).click();
  await owner.waitForURL(`${provider()}/**`);
  await owner.getByLabel(/card number/i).fill('4000 0000 0000 0341');
  await owner.getByRole('button', { name: /card/i }).first().click();
  await pass(31);
  await owner.goto('/');
  await owner
    .getByRole('alert')
    .getByText(/The payment of €57 for CRM failed/)
    .waitFor();
  const phone = await product.signIn('owner@northwind.test', {
    colorScheme: 'dark',
    viewport: { width: 390, height: 844 },
  });
  await phone.goto('/admin/billing');
  await phone.getByText('Payment failed').waitFor();
  expect(await phone.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  await expectAccessible(phone);
  await phone.context().close();

  await owner.getByRole('link', { name: 'Show billing' }).click();
  await owner.getByRole('link', { name: 'Pay now' }).click();
  await owner.waitForURL(`${provider()}/**`);
  await owner.getByLabel(/card number/i).fill('4242 4242 4242 4242');
  await owner.getByRole('button', { name: /Pay/ }).click();
  await owner.goto('/admin/billing');
  await owner.getByText('Active', { exact: true }).first().waitFor();
  expect(await owner.getByText(/failed\. /).count()).toBe(0);
});
