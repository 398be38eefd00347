import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chooseByTyping, expectAccessible, Product } from './product.ts';

const CVS = join(import.meta.dirname, '../../../plugins/job-board/demo/documents');
const CV = join(CVS, 'maya-lindqvist.pdf');
const TITLE = 'Platform engineer, night shift';

let product: Product;
let recruiter: Page;

beforeAll(async () => {
  product = await Product.start();
  recruiter = await product.signIn('recruiter@acme.test');
});
afterAll(() => product?.stop());

test('the shell shows what the licensed plugins contribute', async () => {
  const navigation = recruiter.getByRole('navigation').first();
  for (const name of ['Jobs', 'Applications', 'Candidates', 'CVs']) {
    await navigation.getByRole('link', { name, exact: true }).waitFor();
  }
  expect(await navigation.getByRole('link', { name: 'Leads' }).count()).toBe(0);
  expect(await navigation.getByRole('link', { name: 'Plugins' }).count()).toBe(0);
  await expectAccessible(recruiter);
});

test('a job is written, refused at the field, mended, published and found on its public page', async () => {
  await recruiter.goto('/job-board/jobs/new');
  await recruiter.getByLabel('Title', { exact: true }).first().fill(TITLE);
  await recruiter.locator('vaadin-select[label="For"]').click();
  await recruiter.getByRole('option', { name: /year/i }).click();
  await recruiter.getByLabel('From', { exact: true }).fill('90000');
  await recruiter.getByLabel('To', { exact: true }).fill('80000');
  await recruiter.getByRole('button', { name: 'Save draft' }).click();
  const refused = recruiter.locator('[invalid]').filter({ has: recruiter.getByLabel('To', { exact: true }) });
  await refused.first().waitFor();
  await expectAccessible(recruiter);

  await recruiter.getByLabel('To', { exact: true }).fill('120000');
  await recruiter
    .getByLabel('About the job')
    .fill(
      'You keep the platform of a logistics company running while the others sleep, and you automate what wakes you.',
    );
  await recruiter.getByLabel('City').fill('Chicago');
  await recruiter.getByLabel('Required skills').click();
  for (const skill of ['Kubernetes', 'PostgreSQL', 'COBOL']) {
    await recruiter.getByLabel('Required skills').fill(skill);
    await recruiter.keyboard.press('Enter');
  }
  await recruiter.getByRole('button', { name: 'Save draft' }).click();
  await recruiter.getByRole('button', { name: 'Publish' }).first().click();
  await recruiter.getByText('Open', { exact: true }).first().waitFor();

  const visitor = await product.visit();
  await visitor.goto('/t/acme-staffing/jobs');
  await visitor.getByRole('link', { name: TITLE }).click();
  await visitor.getByRole('heading', { level: 1, name: TITLE }).waitFor();
  const jsonLd = JSON.parse((await visitor.locator('script[type="application/ld+json"]').first().textContent()) ?? '');
  expect(jsonLd).toMatchObject({
    '@context': expect.stringContaining('schema.org'),
    '@type': 'JobPosting',
    title: TITLE,
    hiringOrganization: { '@type': 'Organization', name: 'Acme Staffing' },
    baseSalary: { '@type': 'MonetaryAmount', value: { minValue: 90000, maxValue: 120000, unitText: 'YEAR' } },
    jobLocation: expect.anything(),
    datePosted: expect.stringMatching(/^\d{4}-\d\d-\d\d/),
  });
  await expectAccessible(visitor);
  await visitor.context().close();
});

test('what a list was narrowed to survives the way back from what was opened, and a reload', async () => {
  const search = recruiter.getByLabel('Search');
  const menu = recruiter.getByRole('navigation', { name: 'Main' });
  const jobs = recruiter.locator('vaadin-grid a.title');
  await recruiter.goto('/job-board/jobs');
  await jobs.filter({ hasText: TITLE }).waitFor();
  await recruiter.locator('vaadin-select[label="Status"]').click();
  await recruiter.getByRole('option', { name: 'Draft' }).click();
  await search.fill('engineer');
  await recruiter.waitForURL('**/job-board/jobs?text=engineer&status=draft');
  await jobs.filter({ hasText: TITLE }).waitFor({ state: 'detached' });
  await jobs.first().click();
  await recruiter.waitForURL(/jobs\/[\da-f-]{36}$/);
  await recruiter.goBack();
  const ways = [() => recruiter.reload(), () => menu.getByRole('link', { name: 'Jobs', exact: true }).click()];
  for (const onwards of ways) {
    await jobs.first().waitFor();
    expect([await search.inputValue(), await jobs.filter({ hasText: TITLE }).count()]).toEqual(['engineer', 0]);
    await onwards();
  }
  await jobs.filter({ hasText: TITLE }).waitFor();
  expect([await search.inputValue(), new URL(recruiter.url()).search]).toEqual(['', '']);
});

test('with colours of one’s own, an icon has the colour of the text in its button', async () => {
  await recruiter.emulateMedia({ forcedColors: 'active' });
  const button = recruiter.getByRole('button', { name: 'New job' });
  const [text, background, icon] = await button.evaluate((element) => {
    const { color, backgroundColor } = getComputedStyle(element);
    const inside = element.querySelector('bazaar-icon');
    return [color, backgroundColor, inside && getComputedStyle(inside).color];
  });
  await recruiter.emulateMedia({ forcedColors: null });
  expect([text, background, icon]).toEqual(['rgb(255, 255, 255)', 'rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
});

test('a visitor applies with a CV, without scripts, and the recruiter sees the score with its reasons', async () => {
  const visitor = await product.visit({ javaScriptEnabled: false });
  await visitor.goto('/t/acme-staffing/jobs');
  await visitor.getByRole('link', { name: TITLE }).click();
  await visitor.getByRole('button', { name: 'Send application' }).click();
  await visitor.getByLabel('Full name').fill('Wilhelmina Testerholt');
  await visitor.getByLabel('E-mail').fill('not an address');
  await visitor.getByRole('checkbox').check();
  await visitor.getByRole('button', { name: 'Send application' }).click();
  await visitor.getByLabel('E-mail').fill('wilhelmina@example.com');
  await visitor.getByLabel(/^CV/).setInputFiles(CV);
  await visitor.getByRole('button', { name: 'Send application' }).click();
  await visitor
    .getByText(/thank you/i)
    .first()
    .waitFor();
  expect(new URL(visitor.url()).searchParams.get('done')).toBe('1');
  await visitor.context().close();

  await recruiter.goto('/job-board/applications');
  await recruiter.getByRole('link', { name: 'Wilhelmina Testerholt' }).click();
  await recruiter.getByRole('heading', { level: 1, name: 'Wilhelmina Testerholt' }).waitFor();
  // The page is open while the CV is read: the score arrives by itself.
  await recruiter
    .getByText(/\d+ of 3 required skills/)
    .first()
    .waitFor({ timeout: 45_000 });
  await recruiter.getByText('COBOL').first().waitFor();
  await recruiter.getByRole('definition').filter({ hasText: 'Public job page' }).waitFor();
  await expectAccessible(recruiter);
});

test('a CV is uploaded, watched, read and compared with a job', async () => {
  await recruiter.goto('/cv-analysis/documents');
  await recruiter.locator('input[type=file]').setInputFiles(join(CVS, 'arjun-velayutham.docx'));
  const row = recruiter.getByRole('link', { name: /Arjun Velayutham/ }).first();
  await row.waitFor({ timeout: 45_000 });
  await row.click();
  await recruiter.getByRole('heading', { level: 1, name: /Arjun Velayutham/ }).waitFor();
  await recruiter.getByText('Senior Java Developer').first().waitFor();
  await expectAccessible(recruiter);
  const choose = recruiter.getByRole('combobox', { name: /job/i }).first();
  await chooseByTyping(choose, TITLE);
  const compare = recruiter.getByRole('button', { name: /compare/i });
  if (await compare.count()) await compare.first().click();
  await recruiter
    .getByText(/\d+ of 3/)
    .first()
    .waitFor();
});

test('a file that cannot be read becomes a task for the recruiter', async () => {
  const broken = { name: 'broken.pdf', mimeType: 'application/pdf', buffer: readFileSync(CV).subarray(0, 700) };
  await recruiter.goto('/cv-analysis/documents');
  await recruiter.locator('input[type=file]').setInputFiles(broken);
  await recruiter.getByText('The document is damaged').first().waitFor({ timeout: 45_000 });
  await recruiter.goto('/tasks');
  await recruiter
    .getByText(/broken\.pdf.*could not be read/)
    .first()
    .waitFor();
  await expectAccessible(recruiter);
});

test('a program renamed to .pdf is refused in words beside the file', async () => {
  const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(400, 7), Buffer.from('PE\0\0')]);
  await recruiter.goto('/cv-analysis/documents');
  await recruiter
    .locator('input[type=file]')
    .setInputFiles({ name: 'cv.pdf', mimeType: 'application/pdf', buffer: program });
  await recruiter.getByText(/cv\.pdf.* is a Windows program/).waitFor();
});
