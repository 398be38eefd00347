import { html } from 'lit';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { type AppDouble, appDouble, shellData } from '../testing/app-double.ts';
import { expectAccessible, show } from '../testing/render.ts';
import './sign-in.ts';

const here = window.location.href;
afterEach(() => history.replaceState(null, '', here));

const { user, tenant } = shellData();
const northwind = { id: 't2', slug: 'northwind', name: 'Northwind Clinics' };
const offer = (of = tenant, others: (typeof tenant)[] = []) => ({
  accessToken: 'a.b.c',
  refreshToken: `refresh-${of.slug}`,
  user,
  tenant: of,
  memberships: [of, ...others].map((member) => ({ tenant: member })),
});

let sent: { path: string; body: unknown }[];

/** Nobody is signed in; `answer` answers each attempt. */
async function signInPage(answer: (body: unknown) => unknown, demo = false): Promise<AppDouble> {
  const app = await appDouble();
  app.answers.set('POST /api/auth/sign-out', ({ body }) => {
    sent.push({ path: 'sign-out', body });
    return new Response(null, { status: 204 });
  });
  sent = [];
  await app.session.signOut();
  sent = [];
  for (const path of ['sign-in', 'switch']) {
    app.answers.set(`POST /api/auth/${path}`, ({ body }) => {
      sent.push({ path, body });
      return answer(body);
    });
  }
  await page.viewport(1200, 800);
  await show(html`<bz-sign-in .app=${app} .setup=${{ needed: false, demo }}></bz-sign-in>`);
  return app;
}

const email = page.getByRole('textbox', { name: 'E-mail' });
const password = page.getByLabelText('Password', { exact: true });
const submit = page.getByRole('button', { name: 'Sign in', exact: true });

test('signs in by keyboard alone', async () => {
  const app = await signInPage(() => offer());
  await userEvent.fill(email, 'ada@acme.test');
  await userEvent.fill(password, 'secret');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => app.session.state.status).toBe('signed-in');
  expect(sent).toEqual([{ path: 'sign-in', body: { email: 'ada@acme.test', password: 'secret' } }]);
});

test('a refusal is said in the server’s words, and what was typed stays', async () => {
  const problem = { code: 'invalid-credentials', detail: 'The e-mail address or the password is not right.' };
  const app = await signInPage(() => Response.json(problem, { status: 401 }));
  await userEvent.fill(email, 'ada@acme.test');
  await userEvent.fill(password, 'wrong');
  await userEvent.click(submit);
  await expect.element(page.getByText(problem.detail)).toBeVisible();
  await expect.element(email).toHaveValue('ada@acme.test');
  expect(app.session.state.status).toBe('signed-out');
  await expectAccessible();
});

test('nothing is sent before there is something to send', async () => {
  await signInPage(() => offer());
  await userEvent.click(submit);
  expect(sent).toEqual([]);
});

test('demo accounts fill the form, where there are some', async () => {
  await signInPage(() => offer(), true);
  await userEvent.click(page.getByRole('button', { name: /owner@acme.test/ }));
  await expect.element(email).toHaveValue('owner@acme.test');
  await userEvent.click(submit);
  await expect
    .poll(() => sent)
    .toEqual([{ path: 'sign-in', body: { email: 'owner@acme.test', password: 'bazaar-demo-1' } }]);
});

test('no demo, no accounts', async () => {
  await signInPage(() => offer());
  await expect.element(page.getByText('Demo accounts')).not.toBeInTheDocument();
});

test('a person of several tenants chooses; another than the first is entered without a second sign-in', async () => {
  const app = await signInPage((body) =>
    (body as { tenant?: string }).tenant === 'northwind' ? offer(northwind, [tenant]) : offer(tenant, [northwind]),
  );
  await userEvent.fill(email, 'ada@acme.test');
  await userEvent.fill(password, 'secret');
  await userEvent.click(submit);
  await expect.element(page.getByRole('heading', { name: 'Choose a workspace' })).toBeVisible();
  expect(app.session.state.status).toBe('signed-out');
  await expectAccessible();
  await userEvent.click(page.getByRole('button', { name: 'Northwind Clinics' }));
  await expect.poll(() => app.session.state).toMatchObject({ status: 'signed-in', tenant: northwind });
  expect(sent.slice(1)).toEqual([{ path: 'switch', body: { tenant: 'northwind' } }]);
});

test('another workspace that asks for a second factor is entered with one, and not asked for again', async () => {
  const challenge = { token: 'held', methods: ['totp'], enrolment: false };
  const app = await signInPage((body) =>
    'tenant' in (body as object)
      ? Response.json({ code: 'second-factor-required', detail: 'Confirm.', challenge }, { status: 401 })
      : offer(tenant, [northwind]),
  );
  app.answers.set('POST /api/auth/second-factor', () => offer(northwind, [tenant]));
  await userEvent.fill(email, 'ada@acme.test');
  await userEvent.fill(password, 'secret');
  await userEvent.click(submit);
  await userEvent.click(page.getByRole('button', { name: 'Northwind Clinics' }));
  await userEvent.fill(page.getByRole('textbox', { name: 'Code' }), '123456');
  await userEvent.click(page.getByRole('button', { name: 'Confirm', exact: true }));
  await expect.poll(() => app.session.state).toMatchObject({ status: 'signed-in', tenant: northwind });
});
