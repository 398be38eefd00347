import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, Product } from './product.ts';

let product: Product;
let recruiter: Page;

beforeAll(async () => {
  product = await Product.start();
  recruiter = await product.signIn('recruiter@acme.test');
});
afterAll(() => product?.stop());

test('a person has their data exported, reads the letter, and downloads the archive', async () => {
  await recruiter.goto('/account/privacy');
  await recruiter.getByRole('button', { name: 'Export my data' }).click();
  await recruiter.getByText('Archive of your data').waitFor();
  await recruiter.getByRole('button', { name: 'Download' }).waitFor();
  await expectAccessible(recruiter);

  const mailbox = await product.visit();
  await mailbox.goto('/mailbox');
  await mailbox.getByRole('textbox', { name: 'Find by address' }).fill('recruiter@acme');
  await mailbox.getByRole('main').getByRole('button', { name: 'Your data is ready' }).click();
  const letter = mailbox.frameLocator('iframe');
  await letter.getByRole('heading', { name: 'Your data is ready' }).waitFor();
  const download = mailbox.waitForEvent('download');
  await letter.getByRole('link', { name: 'Download the archive' }).click();
  expect((await download).suggestedFilename()).toMatch(/^personal-data-\d{4}-\d\d-\d\d\.zip$/);
  await mailbox.getByText('Plain text').click();
  await mailbox.getByText('do not pass this message on').waitFor();
  // Not before: nothing runs inside of a letter, and the check would wait for it.
  await expectAccessible(mailbox);
});

test('an administrator finds what is known of a candidate, has them forgotten, and opens the certificate', async () => {
  const owner = await product.signIn('owner@acme.test');
  const candidates = await fetch(`${product.url}/api/p/job-board/candidates`, {
    headers: { Authorization: `Bearer ${await product.accessToken('owner@acme.test')}` },
  });
  const { items } = (await candidates.json()) as { items: { email: string }[] };
  const address = items[0]?.email ?? '';
  await owner.goto('/admin/privacy');
  await owner.getByLabel('E-mail address of the person').fill(address);
  await owner.getByRole('button', { name: 'Find what is known' }).click();
  await owner.getByText('Your profile as a candidate (1)').waitFor();
  await owner.getByRole('button', { name: 'Erase…' }).click();
  await owner.getByLabel(`Type ${address} to confirm`).fill(address);
  await expectAccessible(owner);
  await owner.getByRole('button', { name: 'Erase for ever' }).click();
  await owner.getByText('Erasure: somebody who has been forgotten').waitFor();
  await owner.getByRole('link', { name: 'Certificate' }).click();
  await owner.getByText('Genuine').waitFor();
  await owner.getByText('Candidate profiles').waitFor();
  await expectAccessible(owner);
});

test('a person plans the deletion of their account, keeps it, and then deletes it at once', async () => {
  await recruiter.goto('/account/privacy');
  const confirm = async (atOnce: boolean) => {
    await recruiter.getByRole('button', { name: 'Delete my account…' }).click();
    if (atOnce) await recruiter.getByText('Delete at once').click();
    await recruiter.getByLabel('Type recruiter@acme.test to confirm').fill('recruiter@acme.test');
    await recruiter.getByRole('button', { name: 'Delete my account', exact: true }).click();
  };
  await confirm(false);
  await recruiter.getByText(/Your account will be deleted on/).waitFor();
  await expectAccessible(recruiter);
  await recruiter.getByRole('button', { name: 'Keep my account' }).click();
  await recruiter.getByText('Taken back').waitFor();

  await confirm(true);
  await recruiter.getByLabel('E-mail').waitFor();
  const refused = await fetch(`${product.url}/api/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'recruiter@acme.test', password: 'bazaar-demo-1' }),
  });
  expect(refused.status).toBe(401);
});
