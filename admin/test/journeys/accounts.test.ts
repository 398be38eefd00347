import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, Product } from './product.ts';

const PASSWORD = 'seven grey geese';

let product: Product;
let owner: Page;
let second: Page;

beforeAll(async () => {
  product = await Product.start();
  owner = await product.visit();
  second = await product.visit();
});
afterAll(() => product?.stop());

async function read<Answer>(path: string): Promise<Answer> {
  return (await (await fetch(`${product.url}${path}`)).json()) as Answer;
}

/** The link in the newest letter of a kind to an address; empty while there is none. */
async function mailedLink(email: string, template: string): Promise<string> {
  const { items } = await read<{ items: { id: string; template: string }[] }>(`/api/mailbox?address=${email}`);
  const found = items.find((item) => item.template === template);
  if (!found) return '';
  const { text } = await read<{ text: string }>(`/api/mailbox/${found.id}`);
  return /https?:\/\/\S+#token=[\w-]+/.exec(text)?.[0] ?? '';
}

/** Opens the page that the newest letter of a kind leads to. */
async function follow(page: Page, email: string, template: string): Promise<void> {
  await expect.poll(() => mailedLink(email, template), { timeout: 15_000 }).not.toBe('');
  await page.goto(await mailedLink(email, template));
}

test('somebody signs up, confirms the address, and owns a workspace', async () => {
  await owner.goto('/');
  await owner.getByRole('link', { name: 'Start a workspace' }).click();
  await owner.getByLabel('Organisation').fill('Globex Care');
  await owner.getByLabel('Your name').fill('Gina Globex');
  await owner.getByLabel('E-mail').fill('gina@globex.example');
  await owner.getByLabel('Password', { exact: true }).fill('Password123!');
  await owner.getByRole('button', { name: 'Create workspace' }).click();
  // Beside the field: for a moment it is also spoken.
  await owner.locator('[slot=error-message]', { hasText: 'one of the first that are tried' }).waitFor();
  await expectAccessible(owner);
  await owner.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await owner.getByRole('button', { name: 'Create workspace' }).click();
  await owner.getByRole('heading', { name: 'Look into your mailbox' }).waitFor();

  await follow(owner, 'gina@globex.example', 'verify-email');
  await owner.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await owner.getByRole('button', { name: 'Confirm and sign in' }).click();
  await owner.getByRole('navigation', { name: 'Main' }).waitFor();
  await owner.getByText('Globex Care').first().waitFor();
});

test('she invites a second person, who joins', async () => {
  await owner.goto('/admin/people');
  await owner.getByRole('button', { name: 'Invite' }).click();
  await owner.getByLabel('E-mail').fill('sam@globex.example');
  await owner.getByRole('button', { name: 'Send invitation' }).click();
  await owner.getByRole('heading', { name: 'Invited' }).waitFor();
  await owner.getByText('2 of 25 seats taken').waitFor();
  await expectAccessible(owner);

  await follow(second, 'sam@globex.example', 'invitation');
  await second.getByRole('heading', { name: 'Join Globex Care' }).waitFor();
  await expectAccessible(second);
  await second.getByLabel('Your name').fill('Sam Second');
  await second.getByLabel('Choose a password').fill('nine brown bears');
  await second.getByRole('button', { name: 'Join Globex Care' }).click();
  await second.getByRole('navigation', { name: 'Main' }).waitFor();
  expect(await second.getByRole('link', { name: 'People' }).count()).toBe(0);
});

test('the workspace gets another name, in the open browser of everybody who is in it', async () => {
  await owner.goto('/admin/workspace');
  await owner.getByLabel('Name', { exact: true }).fill('Globex Health');
  await owner.getByLabel('Website').fill('globex');
  await owner.getByRole('button', { name: 'Save' }).click();
  await owner.getByText('Must be a complete web address.').waitFor();
  await owner.getByLabel('Website').fill('https://globex.example');
  await owner.getByRole('button', { name: 'Save' }).click();
  for (const page of [owner, second]) await page.getByText('Globex Health').first().waitFor();
});

/** A photo as people have them, drawn by the browser. */
async function photo(page: Page, width: number, height: number) {
  const bytes = await page.evaluate(
    async ([w, h]) => {
      const canvas = new OffscreenCanvas(w, h);
      const drawing = canvas.getContext('2d');
      const colours = drawing?.createLinearGradient(0, 0, w, h);
      colours?.addColorStop(0, '#1f5fd0');
      colours?.addColorStop(1, '#f2c46d');
      if (drawing && colours) drawing.fillStyle = colours;
      drawing?.fillRect(0, 0, w, h);
      const blob = await canvas.convertToBlob({ type: 'image/jpeg' });
      return [...new Uint8Array(await blob.arrayBuffer())];
    },
    [width, height] as const,
  );
  return { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(bytes) };
}

/** Those of a page that have really been shown, by how large they are. */
const drawn = (page: Page, within: string) =>
  page
    .locator(`${within} img`)
    .evaluateAll((all) => (all as HTMLImageElement[]).map((one) => [one.naturalWidth, one.naturalHeight]));

test('a picture and a logo are seen by who may see them, in the open browser of others', async () => {
  await owner.goto('/account');
  const field = owner.locator('bz-picture-field');
  await field.getByRole('button', { name: 'Choose picture' }).waitFor();
  await field.locator('input[type=file]').setInputFiles(await photo(owner, 900, 600));
  await field.getByRole('button', { name: 'Remove picture' }).waitFor();
  await expect.poll(() => drawn(owner, 'vaadin-menu-bar.user')).toEqual([[512, 512]]);
  await owner.goto('/admin/people');
  await owner.getByText('Sam Second').waitFor();
  await expect.poll(() => drawn(owner, 'ul.list')).toEqual([[512, 512]]);

  await owner.goto('/admin/workspace');
  await owner.locator('bz-picture-field input[type=file]').setInputFiles(await photo(owner, 600, 300));
  for (const page of [owner, second]) await expect.poll(() => drawn(page, 'a.tenant')).toEqual([[512, 256]]);
  const visitor = await product.visit();
  await visitor.goto((await owner.getByRole('link', { name: 'your public pages' }).getAttribute('href')) ?? '');
  await expect.poll(() => drawn(visitor, 'a.brand')).toEqual([[512, 256]]);
  await expectAccessible(visitor);
  await visitor.context().close();

  await owner.getByRole('button', { name: 'Remove logo' }).click();
  for (const page of [owner, second]) await expect.poll(() => drawn(page, 'a.tenant')).toEqual([]);
});

test('what a role may do changes in the open browser of who holds it', async () => {
  await owner.goto('/admin/roles');
  await owner.getByRole('button', { name: 'Change Viewer' }).click();
  await owner.getByLabel('See the people of the tenant').check();
  await expectAccessible(owner);
  await owner.getByRole('button', { name: 'Save' }).click();
  await second.getByRole('link', { name: 'People' }).click();
  await second.getByText('Gina Globex').waitFor();
  expect(await second.getByRole('button', { name: 'Invite' }).count()).toBe(0);
});

test('a key of hers calls the API until she revokes it', async () => {
  await owner.goto('/admin/api-keys');
  await owner.getByRole('button', { name: 'New key' }).click();
  await owner.getByLabel('Name').fill('Payroll');
  await owner.getByLabel('See the people of the tenant').check();
  await owner.getByRole('button', { name: 'Make the key' }).click();
  const key = (await owner.locator('code.secret').textContent()) ?? '';
  await expectAccessible(owner);
  const status = async (path: string) =>
    (await fetch(`${product.url}${path}`, { headers: { authorization: `Bearer ${key}` } })).status;
  expect([await status('/api/users'), await status('/api/audit')]).toEqual([200, 403]);
  await owner.getByRole('button', { name: 'I have kept it' }).click();
  await owner.getByRole('button', { name: 'Revoke Payroll' }).click();
  await owner.getByRole('button', { name: 'Revoke', exact: true }).click();
  await owner.getByText('Payroll is revoked.').waitFor();
  expect(await status('/api/users')).toBe(401);
});

test('a forgotten password is replaced; whoever was signed in has to sign in again, and loses nothing', async () => {
  await second.goto('/account');
  await second.getByLabel('Name', { exact: true }).fill('Samuel Second');
  const elsewhere = await product.visit();
  await elsewhere.goto('/forgot-password');
  await elsewhere.getByLabel('E-mail').fill('sam@globex.example');
  await elsewhere.getByRole('button', { name: 'Send the link' }).click();
  await elsewhere.getByRole('heading', { name: 'Look into your mailbox' }).waitFor();
  await follow(elsewhere, 'sam@globex.example', 'reset-password');
  await elsewhere.getByLabel('New password', { exact: true }).fill('eleven quiet otters');
  await elsewhere.getByRole('button', { name: 'Change the password' }).click();
  await elsewhere.getByRole('heading', { name: 'Your password is changed' }).waitFor();
  await second.getByText('Your session has ended').waitFor();
  await expectAccessible(second);
  expect(await second.getByLabel('Name', { exact: true }).isVisible()).toBe(false);
  await second.getByLabel('Password', { exact: true }).fill('eleven quiet otters');
  await second.keyboard.press('Enter');
  await second.getByRole('heading', { level: 1, name: 'Profile' }).waitFor();
  expect(await second.getByLabel('Name', { exact: true }).inputValue()).toBe('Samuel Second');
  await elsewhere.getByRole('link', { name: 'Sign in' }).click();
  await elsewhere.getByLabel('E-mail').fill('sam@globex.example');
  await elsewhere.getByLabel('Password', { exact: true }).fill('eleven quiet otters');
  await elsewhere.getByRole('button', { name: 'Sign in', exact: true }).click();
  await elsewhere.getByRole('navigation', { name: 'Main' }).waitFor();
});
