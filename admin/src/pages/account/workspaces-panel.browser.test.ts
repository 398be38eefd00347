import { html } from 'lit';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { type AppDouble, appDouble, shellData } from '../../testing/app-double.ts';
import { expectAccessible, show } from '../../testing/render.ts';
import './workspaces-panel.ts';

const { tenant: acme } = shellData();
const northwind = { id: 't2', slug: 'northwind', name: 'Northwind Clinics' };

async function panel(): Promise<AppDouble> {
  const app = await appDouble();
  app.answers.set('GET /api/me', () => ({ memberships: [{ tenant: acme }, { tenant: northwind }] }));
  app.answers.set('POST /api/auth/sign-out', () => new Response(null, { status: 204 }));
  await show(html`<bz-workspaces-panel .app=${app}></bz-workspaces-panel>`);
  return app;
}

test('another workspace is left, and gone from the list', async () => {
  const app = await panel();
  app.answers.set('DELETE /api/me/memberships/northwind', () => {
    app.answers.set('GET /api/me', () => ({ memberships: [{ tenant: acme }] }));
    return new Response(null, { status: 204 });
  });
  await userEvent.click(page.getByRole('button', { name: 'Leave Northwind Clinics' }));
  await expect.element(page.getByText('Northwind Clinics')).not.toBeInTheDocument();
  expect(app.questions).toMatchObject([{ title: 'Leave Northwind Clinics?' }]);
  expect(app.session.state.status).toBe('signed-in');
});

test('whoever leaves the one they are in is signed out', async () => {
  const app = await panel();
  app.answers.set('DELETE /api/me/memberships/acme', () => new Response(null, { status: 204 }));
  await userEvent.click(page.getByRole('button', { name: 'Leave Acme Staffing' }));
  await expect.poll(() => app.session.state.status).toBe('signed-out');
});

test('the last owner reads why they cannot', async () => {
  const app = await panel();
  const refusal = { code: 'conflict', reason: 'last-owner', detail: 'A workspace needs an owner.' };
  app.answers.set('DELETE /api/me/memberships/acme', () => Response.json(refusal, { status: 409 }));
  await userEvent.click(page.getByRole('button', { name: 'Leave Acme Staffing' }));
  await expect.element(page.getByRole('alert')).toHaveTextContent('A workspace needs an owner.');
  expect(app.session.state.status).toBe('signed-in');
  await expectAccessible();
});
