import { html } from 'lit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { type AppDouble, appDouble } from '../../testing/app-double.ts';
import { expectAccessible, show } from '../../testing/render.ts';
import type { Impact, InstalledPlugin, Operation } from './types.ts';
import './installed-page.ts';

const here = location.href;
let app: AppDouble;
let crm: InstalledPlugin;
let operations: Operation[];
let asked: { path: string; body: unknown }[];

const impact: Impact = {
  dependents: [{ plugin: 'interviews', how: 'requires', detail: ['^1.0.0'] }],
  surfaces: { screens: 3, widgets: 0, pages: 0, schedules: 0 },
  tenants: { licensed: 2, switchedOn: 2, pinned: 0 },
  users: 7,
  tables: [{ table: 'leads', rows: 12 }],
  rows: 12,
  files: 0,
  openTasks: 0,
  waitingDeliveries: 0,
};

/** The operation is answered, and makes of the plugin what `after` says. */
function operation(path: string, after: Partial<InstalledPlugin>): void {
  app.answers.set(`POST /api/operator/plugins/crm/${path}`, ({ body }) => {
    asked.push({ path, body });
    crm = { ...crm, ...after };
    return {};
  });
}

beforeEach(async () => {
  history.replaceState(null, '', '/platform/plugins');
  app = await appDouble();
  asked = [];
  operations = [];
  crm = {
    id: 'crm',
    name: 'CRM',
    state: 'active',
    reason: null,
    tier: 'sandbox',
    activeVersion: '1.1.0',
    previousVersion: '1.0.0',
    switching: false,
    purgeAfter: null,
    versions: [
      { version: '1.0.0', quarantine: null },
      { version: '1.1.0', quarantine: null },
    ],
    pins: { count: 0 },
    canary: null,
  };
  app.answers.set('GET /api/operator/plugins', () => ({ items: [crm] }));
  app.answers.set('GET /api/operator/plugins/crm/impact', () => impact);
  app.answers.set('GET /api/operator/operations', () => ({ items: operations }));
});
afterEach(() => history.replaceState(null, '', here));

const open = () => show(html`<bz-installed .app=${app}></bz-installed>`);
const button = (name: string) => page.getByRole('button', { name, exact: true });

test('what goes with a plugin is shown before it is uninstalled, and uninstalling can be undone', async () => {
  await open();
  operation('uninstall', { state: 'parked', activeVersion: null, purgeAfter: '2026-12-20T12:00:00Z' });
  await userEvent.click(button('Uninstall: CRM'));
  await expect.element(page.getByText('2 with a licence, with 7 people')).toBeVisible();
  await expect.element(page.getByText('12 rows in 1 table')).toBeVisible();
  await expect.element(page.getByText('stops with it')).toBeVisible();
  await expectAccessible();
  const days = page.getByLabelText('Days for which its data is kept');
  await userEvent.fill(days, '');
  await userEvent.tab();
  await expect.element(button('Uninstall')).toBeDisabled();
  expect(asked).toEqual([]);
  await userEvent.fill(days, '60');
  await userEvent.tab();
  await userEvent.click(button('Uninstall'));
  await expect.element(page.getByText(/kept at least until 20 Dec 2026/)).toBeVisible();
  expect(asked).toEqual([{ path: 'uninstall', body: { confirm: true, retentionDays: 60 } }]);
  expect(app.notices.at(-1)).toEqual({
    message: 'CRM is uninstalled. It can be restored until 20 Dec 2026.',
    kind: 'success',
  });

  operation('restore', { state: 'active', activeVersion: '1.1.0', purgeAfter: null });
  await userEvent.click(button('Restore: CRM'));
  await expect.element(page.getByText('Serves')).toBeVisible();
  expect(app.notices.at(-1)?.message).toBe('CRM is back, with all its data.');
});

test('what is deleted for good is named by hand first', async () => {
  crm = { ...crm, state: 'parked', activeVersion: null, purgeAfter: '2026-12-20T12:00:00Z' };
  await open();
  operation('purge', {});
  await userEvent.click(button('Delete for good: CRM'));
  await expect.element(button('Delete for good')).toBeDisabled();
  await userEvent.fill(page.getByLabelText('Type CRM to confirm'), 'CRM');
  await expectAccessible();
  await userEvent.click(button('Delete for good'));
  await expect.poll(() => asked).toEqual([{ path: 'purge', body: { confirm: true } }]);
});

test('what was stopped says why, and runs again when the operator says so', async () => {
  const quarantine = 'It used too much memory 3 times.';
  crm = {
    ...crm,
    state: 'quarantined',
    reason: quarantine,
    versions: [{ version: '1.1.0', quarantine }],
    previousVersion: null,
  };
  await open();
  await expect.element(page.getByText(quarantine)).toBeVisible();
  await expectAccessible();
  operation('enable', { state: 'active', reason: null, versions: [{ version: '1.1.0', quarantine: null }] });
  app.agree = false;
  await userEvent.click(button('Let it run again: CRM'));
  await expect.poll(() => app.questions).toMatchObject([{ title: 'Let CRM 1.1.0 run again?' }]);
  expect(asked).toEqual([]);
  app.agree = true;
  await userEvent.click(button('Let it run again: CRM'));
  await expect.element(page.getByText('Serves')).toBeVisible();
});

test('a version is tried by some, taken over by all, and rolled back', async () => {
  await open();
  const canary = {
    version: '1.0.0',
    percent: 0,
    tenants: ['acme'],
    maxErrorRate: 0.05,
    minCalls: 20,
    startedAt: '2026-11-20T09:00:00Z',
    haltedAt: null,
    haltReason: null,
    calls: 34,
    failures: 1,
  };
  app.answers.set('POST /api/operator/plugins/crm/canary/start', () =>
    Response.json(
      {
        code: 'invalid-input',
        detail: 'x',
        errors: [{ pointer: '/tenants/0', message: 'There is no tenant "acmee".' }],
      },
      { status: 400 },
    ),
  );
  await userEvent.click(button('Try a version: CRM'));
  await userEvent.fill(page.getByLabelText('Percent of the workspaces'), '0');
  await userEvent.fill(page.getByLabelText('Workspaces besides'), 'acmee');
  await userEvent.click(button('Start the trial'));
  await expect.element(page.getByText('There is no tenant "acmee".')).toBeVisible();
  await expectAccessible();
  expect(app.notices).toEqual([]);
  operation('canary/start', { canary });
  await userEvent.fill(page.getByLabelText('Workspaces besides'), 'acme');
  await userEvent.click(button('Start the trial'));
  await expect.element(page.getByText(/34 calls, of which 1 failed/)).toBeVisible();
  expect(asked.at(-1)?.body).toEqual({ version: '1.0.0', percent: 0, tenants: ['acme'] });
  await expectAccessible();

  operation('canary/promote', { canary: null, activeVersion: '1.0.0', previousVersion: '1.1.0' });
  await userEvent.click(button('Serve everybody: CRM'));
  await expect.element(page.getByText(/1\.1\.0 served before/)).toBeVisible();
  operation('rollback', { activeVersion: '1.1.0', previousVersion: '1.0.0' });
  await userEvent.click(button('Roll back: CRM'));
  await expect.element(page.getByText(/1\.0\.0 served before/)).toBeVisible();
  expect(app.questions.at(-1)?.title).toBe('Roll CRM back to 1.1.0?');
  expect(asked.at(-1)).toEqual({ path: 'rollback', body: { version: '1.1.0' } });
});

test('what is refused is said, and the dialog stays', async () => {
  await open();
  const detail = 'Another operation on crm is under way.';
  app.answers.set('POST /api/operator/plugins/crm/uninstall', () =>
    Response.json({ code: 'conflict', detail }, { status: 409 }),
  );
  await userEvent.click(button('Uninstall: CRM'));
  await userEvent.click(button('Uninstall'));
  await expect.poll(() => app.notices).toEqual([{ message: detail, kind: 'error' }]);
  await expect.element(button('Uninstall')).toBeVisible();
});

test('what was done is listed, with why it failed', async () => {
  operations = [
    {
      id: 'o1',
      kind: 'upgrade',
      plugin: 'crm',
      version: '1.2.0',
      state: 'failed',
      step: 'rehearse',
      error: 'Migration 3 does not run.',
      outcome: {},
      startedAt: new Date().toISOString(),
      finishedAt: new Date().toISOString(),
    },
  ];
  await open();
  await expect.element(page.getByText('CRM 1.2.0: Upgraded')).toBeVisible();
  await expect.element(page.getByText('Migration 3 does not run.')).toBeVisible();
  await expectAccessible();
});
