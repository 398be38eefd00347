import { html } from 'lit';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { appDouble } from '../../testing/app-double.ts';
import { expectAccessible, show } from '../../testing/render.ts';
import './confirm-email.ts';
import './reset-password.ts';

const here = window.location.href;
afterEach(() => history.replaceState(null, '', here));

test('an incomplete link offers no form, but the way to another', async () => {
  const app = await appDouble();
  await show(html`<bz-reset-password .app=${app}></bz-reset-password>`);
  await expect.element(page.getByText(/incomplete/)).toBeVisible();
  await expect.element(page.getByRole('button')).not.toBeInTheDocument();
  const way = page.getByRole('link', { name: 'Ask for a new link' });
  await expect.element(way).toHaveAttribute('href', '/forgot-password');
  await expectAccessible();
});

test('nor does one that was used already', async () => {
  history.replaceState(null, '', '#token=used');
  const app = await appDouble();
  const refusal = { code: 'invalid-input', detail: 'No.', errors: [{ pointer: '/token', message: 'It was used.' }] };
  app.answers.set('POST /api/auth/confirm-email', () => Response.json(refusal, { status: 400 }));
  await show(html`<bz-confirm-email .app=${app}></bz-confirm-email>`);
  await userEvent.click(page.getByRole('button', { name: 'Agree' }));
  await expect.element(page.getByRole('alert')).toHaveTextContent('It was used.');
  await expect.element(page.getByRole('button')).not.toBeInTheDocument();
  await expect
    .element(page.getByRole('link', { name: 'Ask for the change again' }))
    .toHaveAttribute('href', '/account');
});
