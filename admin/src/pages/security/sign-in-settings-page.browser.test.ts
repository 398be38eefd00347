import { html } from 'lit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { type AppDouble, appDouble } from '../../testing/app-double.ts';
import { expectAccessible, show } from '../../testing/render.ts';
import type { SignInSettings } from './settings-types.ts';
import './sign-in-settings-page.ts';

const here = location.href;
let app: AppDouble;
let settings: SignInSettings;

beforeEach(async () => {
  app = await appDouble();
  settings = {
    secondFactorRequired: false,
    supportAccess: true,
    singleSignOn: null,
    redirectUri: 'https://bazaar.test/sso',
    domains: [],
  };
  app.answers.set('GET /api/security', () => structuredClone(settings));
  app.answers.set('GET /api/roles', () => ({ items: [{ name: 'viewer', title: 'Viewer' }] }));
  await show(html`<bz-sign-in-settings .app=${app}></bz-sign-in-settings>`);
  await expect.element(page.getByRole('heading', { name: 'Single sign-on' })).toBeVisible();
});
afterEach(() => history.replaceState(null, '', here));

const issuer = page.getByLabelText('Issuer');
const rule = page.getByRole('checkbox', { name: 'Ask every member for a second factor' });

test('what is typed for the provider outlives a change of the rules, and is asked about before it is left', async () => {
  app.answers.set('PATCH /api/security/policy', ({ body }) => {
    settings = { ...settings, ...(body as Partial<SignInSettings>) };
    return {};
  });
  await userEvent.fill(issuer, 'https://login.acme.test');
  await userEvent.click(rule);
  await expect.poll(() => app.notices).toEqual([{ message: 'Saved.', kind: 'success' }]);
  await expect.element(rule).toBeChecked();
  await expect.element(issuer).toHaveValue('https://login.acme.test');
  await expectAccessible();

  app.agree = false;
  app.router.navigate('/tasks');
  await expect.poll(() => app.questions).toMatchObject([{ title: 'Leave without saving?' }]);
  expect(location.href).toBe(here);

  app.answers.set('PUT /api/security/single-sign-on', ({ body }) => {
    settings = { ...settings, singleSignOn: body as SignInSettings['singleSignOn'] };
    return {};
  });
  await userEvent.click(page.getByRole('button', { name: 'Save', exact: true }));
  await expect.element(page.getByRole('button', { name: 'Remove', exact: true })).toBeVisible();
  app.router.navigate('/tasks');
  await expect.poll(() => location.pathname).toBe('/tasks');
  expect(app.questions.length).toBe(1);
});

test('a domain that was typed and not added is asked about once', async () => {
  await userEvent.fill(page.getByLabelText('Domain'), 'acme.test');
  await userEvent.fill(issuer, 'https://login.acme.test');
  app.router.navigate('/tasks');
  await expect.poll(() => location.pathname).toBe('/tasks');
  expect(app.questions.length).toBe(1);
});

test('a rule that was refused looks as it is', async () => {
  app.answers.set('PATCH /api/security/policy', () =>
    Response.json({ code: 'sudo-required', detail: 'Prove that it is you.' }, { status: 403 }),
  );
  await userEvent.click(rule);
  await expect.poll(() => app.notices).toMatchObject([{ kind: 'error' }]);
  await expect.element(rule).not.toBeChecked();
});
