import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { download, follow, frameOf } from './frames.ts';
import { grantLicence } from './grant.ts';
import { expectAccessible, Product } from './product.ts';

const DOCUMENTS = join(import.meta.dirname, '../../../plugins/job-board/demo/documents');
const CV = join(DOCUMENTS, 'maya-lindqvist.pdf');
/** Of the other workspace: nobody has seen it in this one. */
const NEW_CV = join(DOCUMENTS, 'adaeze-nwachukwu.pdf');
const TITLE = 'Platform engineer in a frame';

let product: Product;
let recruiter: Page;

beforeAll(async () => {
  product = await Product.start('sandbox');
  recruiter = await product.signIn('recruiter@acme.test');
});
afterAll(() => product?.stop());

async function openApplication(): Promise<void> {
  const link = frameOf(recruiter, 'Applications').getByRole('link', { name: 'Wilhelmina Testerholt' });
  await follow(recruiter, link, /\/applications\/[\da-f-]{36}$/);
}

const path = () => new URL(recruiter.url()).pathname;

test('widgets stand in frames as high as their content, on an origin of their own', async () => {
  const widget = frameOf(recruiter, 'Open jobs');
  await widget.getByText('Open jobs', { exact: true }).waitFor();
  const [frame] = await recruiter.locator('iframe').all();
  const box = await frame?.boundingBox();
  const inside = recruiter.frames().find((each) => each.url().includes('/ui/frame/job-board/'));
  const content = await inside?.evaluate(() => ({
    origin: self.origin,
    height: document.querySelector('.content')?.getBoundingClientRect().height ?? 0,
  }));
  expect(content?.origin).toBe('null');
  expect(Math.abs((content?.height ?? 0) - (box?.height ?? -1))).toBeLessThanOrEqual(1);
  await expectAccessible(recruiter);
  await follow(recruiter, widget.getByRole('link', { name: 'All jobs' }), /\/jobs$/);
  await frameOf(recruiter, 'Jobs').getByRole('heading', { level: 1, name: 'Jobs' }).waitFor();
  expect(path()).toBe('/job-board/jobs');
});

test('a job is written, refused at the field, mended and published', async () => {
  await follow(recruiter, frameOf(recruiter, 'Jobs').getByRole('button', { name: 'New job' }), /\/new$/);
  const editor = frameOf(recruiter, 'New job');
  await editor.getByLabel('Title', { exact: true }).first().fill(TITLE);
  await editor.locator('vaadin-select[label="For"]').click();
  await editor.getByRole('option', { name: /year/i }).click();
  await editor.getByLabel('From', { exact: true }).fill('90000');
  await editor.getByLabel('To', { exact: true }).fill('80000');
  await editor.getByRole('button', { name: 'Save draft' }).click();
  await editor.locator('[invalid]').first().waitFor();
  await editor.getByRole('alert').first().waitFor();
  await expectAccessible(recruiter);

  await editor.getByLabel('To', { exact: true }).fill('120000');
  await editor
    .getByLabel('About the job')
    .fill('You keep the platform of a logistics company running, and you automate.');
  await editor.getByLabel('City').fill('Chicago');
  await editor.getByLabel('Required skills').click();
  for (const skill of ['Kubernetes', 'PostgreSQL', 'COBOL']) {
    await editor.getByLabel('Required skills').fill(skill);
    await recruiter.keyboard.press('Enter');
  }
  await editor.getByRole('button', { name: 'Save draft' }).click();
  const edit = frameOf(recruiter, 'Edit');
  await edit.getByRole('button', { name: 'Publish' }).first().click();
  await frameOf(recruiter, 'Job').getByText('Open', { exact: true }).first().waitFor();
  await recruiter.getByText('The job is public now.').waitFor();
});

test('unsaved work inside a frame is not lost by a click in the menu', async () => {
  await follow(recruiter, frameOf(recruiter, 'Job').getByRole('button', { name: 'Edit' }), /\/edit$/);
  const edit = frameOf(recruiter, 'Edit');
  await edit.getByLabel('Department').fill('Operations');
  await edit.getByText('There are unsaved changes.').waitFor();
  await recruiter.waitForTimeout(300);
  await recruiter.getByRole('navigation').first().getByRole('link', { name: 'Candidates' }).click();
  const question = recruiter.getByRole('alertdialog');
  await question.getByText('Leave without saving?').waitFor();
  await question.getByRole('button', { name: 'Cancel' }).click();
  await edit.getByText('There are unsaved changes.').waitFor();
  await recruiter.getByRole('navigation').first().getByRole('link', { name: 'Candidates' }).click();
  await question.getByRole('button', { name: 'Leave' }).click();
  await frameOf(recruiter, 'Candidates').getByRole('heading', { level: 1 }).waitFor();
});

test('a list that could not be read comes by itself once the server answers', async () => {
  let refusals = 0;
  await recruiter.route(
    '**/actions/jobs.list',
    (route) => {
      refusals += 1;
      return route.abort('connectionreset');
    },
    { times: 1 },
  );
  await recruiter.goto('/job-board/jobs');
  await frameOf(recruiter, 'Jobs').getByRole('link', { name: TITLE }).waitFor();
  expect(refusals).toBe(1);
});

test('links to other sites and public pages open beside the shell', async () => {
  await follow(recruiter, frameOf(recruiter, 'Jobs').getByRole('link', { name: TITLE }), /\/jobs\/[\da-f-]{36}$/);
  const opened = recruiter.context().waitForEvent('page');
  await frameOf(recruiter, 'Job').getByRole('link', { name: 'Public page' }).click();
  const visitor = await opened;
  await visitor.getByRole('heading', { level: 1, name: TITLE }).waitFor();
  expect(await visitor.evaluate(() => window.opener)).toBeNull();
  await visitor.close();
});

test('a question of the shell gives the focus back to what was pressed in the frame', async () => {
  const close = frameOf(recruiter, 'Job').getByRole('button', { name: 'Close', exact: true });
  await close.press('Enter');
  await recruiter.getByRole('alertdialog').getByText('Close?').waitFor();
  await recruiter.keyboard.press('Escape');
  await expect.poll(() => close.evaluate((button) => document.hasFocus() && button.matches(':focus'))).toBe(true);
});

test('so does the palette', async () => {
  const close = frameOf(recruiter, 'Job').getByRole('button', { name: 'Close', exact: true });
  await recruiter.keyboard.press('Control+k');
  await recruiter.getByRole('combobox', { name: 'Go to a screen' }).waitFor();
  await recruiter.keyboard.type('job');
  await recruiter.keyboard.press('Escape');
  await expect.poll(() => close.evaluate((button) => document.hasFocus() && button.matches(':focus'))).toBe(true);
});

test('what was typed in a frame is still there after the session has ended, for who signs in again by keys', async () => {
  await recruiter.goto('/job-board/jobs/new');
  const title = frameOf(recruiter, 'New job').getByRole('textbox', { name: 'Title', exact: true }).first();
  await title.fill('Half a job');
  await fetch(`${product.url}/api/sessions/revoke-others`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await product.accessToken('recruiter@acme.test')}` },
  });
  await recruiter.getByText('Your session has ended.').waitFor();
  const password = recruiter.getByLabel('Password', { exact: true });
  await expect.poll(() => password.evaluate((field) => field.matches(':focus'))).toBe(true);
  await recruiter.keyboard.type('bazaar-demo-1');
  await recruiter.keyboard.press('Enter');
  await expect.poll(() => title.evaluate((field) => document.hasFocus() && field.matches(':focus'))).toBe(true);
  expect(await title.inputValue()).toBe('Half a job');
  await recruiter.getByRole('navigation').first().getByRole('link', { name: 'Jobs' }).click();
  await recruiter.getByRole('alertdialog').getByRole('button', { name: 'Leave' }).click();
  await frameOf(recruiter, 'Jobs').getByRole('heading', { level: 1, name: 'Jobs' }).waitFor();
});

test('an application shows another plugin’s widget in its slot, which frames cannot read from each other', async () => {
  const visitor = await product.visit();
  await visitor.goto('/t/acme-staffing/jobs');
  await visitor.getByRole('link', { name: TITLE }).click();
  await visitor.getByLabel('Full name').fill('Wilhelmina Testerholt');
  await visitor.getByLabel('E-mail').fill('wilhelmina@example.com');
  await visitor.getByRole('checkbox').check();
  await visitor.getByLabel(/^CV/).setInputFiles(CV);
  await visitor.getByRole('button', { name: 'Send application' }).click();
  await visitor
    .getByText(/thank you/i)
    .first()
    .waitFor();
  await visitor.context().close();

  await recruiter.goto('/job-board/applications');
  await openApplication();
  await frameOf(recruiter, 'Application').getByRole('heading', { level: 1, name: 'Wilhelmina Testerholt' }).waitFor();
  const match = frameOf(recruiter, 'Match with the job');
  // The page is open while the CV is read: the score arrives by itself, through the shell.
  await match
    .getByText(/\d+ of 3 required skills/)
    .first()
    .waitFor({ timeout: 45_000 });
  await expectAccessible(recruiter);
  const [place, slot] = await Promise.all([
    recruiter.locator('bz-plugin-view .place').boundingBox(),
    frameOf(recruiter, 'Application').locator('bazaar-slot').boundingBox(),
  ]);
  expect(Math.abs((place?.y ?? 0) - (slot?.y ?? -9))).toBeLessThan(2);
  expect(Math.abs((place?.height ?? 0) - (slot?.height ?? -9))).toBeLessThan(2);
});

test('a CV is uploaded with progress, and downloaded again', async () => {
  await recruiter.goto('/cv-analysis/documents');
  const documents = frameOf(recruiter, 'CVs');
  await documents.getByRole('link', { name: 'Maya Lindqvist' }).first().waitFor();
  await documents.locator('input[type=file]').setInputFiles(NEW_CV);
  await documents.getByText('1 file uploaded.').waitFor();
  await documents.getByRole('link', { name: 'Adaeze Nwachukwu' }).waitFor({ timeout: 45_000 });

  await recruiter.goto('/job-board/applications');
  await openApplication();
  const button = frameOf(recruiter, 'Application').getByRole('button', { name: 'Download CV' });
  const file = await (await download(recruiter, button)).path();
  expect(readFileSync(file)).toEqual(readFileSync(CV));
});

test('what only writes goes from an open frame when the licence can only be read, and comes back', async () => {
  const jobBoard = { tenant: 'acme-staffing', plugin: 'job-board' };
  await recruiter.goto('/job-board/jobs');
  const jobs = frameOf(recruiter, 'Jobs');
  const newJob = jobs.getByRole('button', { name: 'New job' });
  await newJob.waitFor();
  let pages = 0;
  const count = () => {
    pages += 1;
  };
  recruiter.on('framenavigated', count);
  await grantLicence(product, { ...jobBoard, endedDaysAgo: 5 });
  await newJob.waitFor({ state: 'detached' });
  await jobs.getByRole('link', { name: TITLE }).waitFor();
  await grantLicence(product, { ...jobBoard, endedDaysAgo: null });
  await newJob.waitFor();
  recruiter.off('framenavigated', count);
  expect(pages).toBe(0);
});

test('the keyboard goes in and out, and opens the palette from inside', async () => {
  await recruiter.goto('/job-board/jobs');
  const jobs = frameOf(recruiter, 'Jobs');
  await jobs.getByRole('heading', { level: 1 }).waitFor();
  await recruiter.getByRole('button', { name: 'Skip to content' }).focus();
  await recruiter.keyboard.press('Enter');
  await recruiter.keyboard.press('Tab');
  await expect
    .poll(() =>
      jobs
        .getByRole('button', { name: 'New job' })
        .evaluate((e) => e === document.activeElement || e.matches(':focus-within')),
    )
    .toBe(true);
  await recruiter.keyboard.press('Shift+Tab');
  expect(await recruiter.evaluate(() => document.activeElement?.tagName)).not.toBe('IFRAME');
  await recruiter.keyboard.press('Tab');
  await recruiter.keyboard.press('Control+k');
  await recruiter.getByRole('dialog').getByRole('combobox').waitFor();
  await recruiter.keyboard.press('Escape');
});

test('a page that is opened from the menu is scrolled by the keys at once', async () => {
  await follow(recruiter, recruiter.getByRole('link', { name: 'CVs' }), /\/documents$/);
  const content = frameOf(recruiter, 'CVs').locator('.content');
  await expect.poll(() => content.evaluate(() => document.hasFocus())).toBe(true);
  await recruiter.keyboard.press('PageDown');
  await expect.poll(() => content.evaluate(() => window.scrollY)).toBeGreaterThan(0);
});

test('what is open in a frame closes when somebody presses the page around it', async () => {
  const documents = frameOf(recruiter, 'CVs');
  const status = documents.locator('vaadin-select[label=Status]');
  await status.click();
  await documents.getByRole('option', { name: 'Read', exact: true }).waitFor();
  await recruiter.getByRole('complementary', { name: 'Workspace' }).click({ position: { x: 100, y: 700 } });
  await expect.poll(() => status.getAttribute('opened')).toBeNull();
  await recruiter.goto('/job-board/jobs');
});

test('light and dark follow the shell while a frame is open; all is readable on a phone', async () => {
  const background = () =>
    frameOf(recruiter, 'Jobs')
      .locator('.content')
      .evaluate((e) => getComputedStyle(e).getPropertyValue('color-scheme'));
  await recruiter.evaluate(() => {
    document.documentElement.dataset.scheme = 'dark';
  });
  await expect.poll(background).toBe('dark');
  const phone = await product.signIn('recruiter@northwind.test', {
    colorScheme: 'dark',
    viewport: { width: 390, height: 844 },
  });
  for (const [address, title] of [
    ['/job-board/jobs', 'Jobs'],
    ['/job-board/applications', 'Applications'],
    ['/cv-analysis/documents', 'CVs'],
  ] as const) {
    await phone.goto(address);
    await frameOf(phone, title).getByRole('heading', { level: 1 }).waitFor();
    for (const frame of phone.frames()) {
      expect(
        await frame.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
        address,
      ).toBeLessThanOrEqual(0);
    }
  }
  await expectAccessible(phone);
  await phone.context().close();
});
