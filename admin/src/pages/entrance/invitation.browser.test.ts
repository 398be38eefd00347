import { html } from 'lit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { type AppDouble, appDouble, shellData } from '../../testing/app-double.ts';
import { expectAccessible, show } from '../../testing/render.ts';
import './invitation.ts';

const here = window.location.href;
const northwind = { id: 't2', slug: 'northwind', name: 'Northwind Clinics' };
let app: AppDouble;
/** How often the invitation was accepted: it works once. */
let accepted: number;

beforeEach(async () => {
  history.replaceState(null, '', '#token=secret');
  accepted = 0;
  app = await appDouble();
  app.answers.set('POST /api/auth/invitation', () => ({
    tenant: northwind,
    email: 'ada@acme.test',
    roles: ['Viewer'],
    account: 'existing',
    signedIn: true,
  }));
});
afterEach(() => history.replaceState(null, '', here));

async function accept(status: number, refusal: object): Promise<void> {
  app.answers.set('POST /api/auth/accept-invitation', () => {
    accepted += 1;
    return Response.json(refusal, { status });
  });
  await show(html`<bz-invitation .app=${app}></bz-invitation>`);
  await userEvent.click(page.getByRole('button', { name: 'Join Northwind Clinics' }));
}

test('a workspace that asks for a second factor is joined once, then entered with one', async () => {
  const challenge = { token: 'held', methods: ['totp'], enrolment: false };
  await accept(401, { code: 'second-factor-required', detail: 'Confirm.', challenge });
  await expect.element(page.getByRole('heading', { name: 'Confirm that it is you' })).toBeVisible();
  await expectAccessible();
  app.answers.set('POST /api/auth/second-factor', () => ({
    accessToken: 'd.e.f',
    refreshToken: 'r',
    user: shellData().user,
    tenant: northwind,
    memberships: [{ tenant: northwind }],
  }));
  await userEvent.fill(page.getByRole('textbox', { name: 'Code' }), '123456');
  await userEvent.click(page.getByRole('button', { name: 'Confirm', exact: true }));
  await expect.poll(() => app.session.state).toMatchObject({ status: 'signed-in', tenant: northwind });
  expect(accepted).toBe(1);
});

test('a workspace of single sign-on says the way there', async () => {
  const action = { label: 'Go to single sign-on', href: '/api/auth/oidc/northwind/start' };
  await accept(403, { code: 'forbidden', detail: 'By single sign-on.', action });
  await expect.element(page.getByRole('link', { name: action.label })).toHaveAttribute('href', action.href);
});
