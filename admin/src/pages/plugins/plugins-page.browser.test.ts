import { html } from 'lit';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { PluginView } from '../../api/types.ts';
import { appDouble, shellData } from '../../testing/app-double.ts';
import { expectAccessible, focused, show } from '../../testing/render.ts';
import './plugins-page.ts';

const CRM: PluginView = {
  id: 'crm',
  name: 'CRM',
  description: 'Leads of the sales team.',
  publisher: 'Bazaar',
  category: 'sales',
  icon: null,
  version: '1.0.0',
  tier: 'sandbox',
  state: 'active',
  reason: null,
  enabled: true,
  licence: { state: 'none', plan: null, validUntil: null },
  pricing: null,
  trial: { available: true, days: 30 },
  capabilities: [],
  permissions: [],
  requires: {},
  optional: {},
  hasSettings: false,
};

test('after the start of a trial by keys, one goes on from the plugin', async () => {
  const user = { ...shellData().user, permissions: ['core:licences.manage'] };
  const app = await appDouble(shellData({ user }));
  let crm = CRM;
  app.answers.set('GET /api/plugins', () => ({ items: [crm] }));
  app.answers.set('POST /api/licences/crm/trial', () => {
    crm = {
      ...crm,
      licence: { state: 'trial', plan: null, validUntil: '2026-12-22T00:00:00Z' },
      trial: { available: false, days: 30 },
    };
    return {};
  });
  await show(html`<bz-plugins .app=${app}></bz-plugins>`);
  const start = page.getByRole('button', { name: 'Start trial of CRM' });
  await expect.element(start).toBeVisible();
  (start.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('button', { name: 'Agree and start trial' })).toBeVisible();
  await expectAccessible();
  (page.getByRole('button', { name: 'Agree and start trial' }).element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(start).not.toBeInTheDocument();
  await expect.poll(() => focused()?.textContent).toBe('CRM');
  expect(app.notices).toEqual([{ message: 'Your 30 days with CRM begin now.', kind: 'success' }]);
});
