import { html } from 'lit';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { appDouble } from '../../testing/app-double.ts';
import { expectAccessible, show } from '../../testing/render.ts';
import './workspace-page.ts';

async function workspacePage() {
  const app = await appDouble();
  const stored = { id: 't1', slug: 'acme', name: 'Acme', profile: { industry: 'staffing', foundedYear: 1999 } };
  app.answers.set('GET /api/tenant', () => stored);
  await show(html`<bz-workspace .app=${app}></bz-workspace>`);
  return { app, stored };
}

const save = page.getByRole('button', { name: 'Save' });

test('what was changed is saved, and nothing else', async () => {
  const { app, stored } = await workspacePage();
  await expect.element(page.getByRole('combobox', { name: 'Industry' })).toHaveValue('Staffing');
  await expect.element(save).toBeDisabled();
  await expectAccessible();
  const sent: unknown[] = [];
  app.answers.set('PATCH /api/tenant', ({ body }) => {
    sent.push(body);
    return { ...stored, name: 'Acme Care', profile: { industry: 'staffing' } };
  });
  await userEvent.fill(page.getByRole('textbox', { name: 'Name' }), 'Acme Care');
  await userEvent.fill(page.getByRole('textbox', { name: 'Founded in' }), '');
  await userEvent.click(save);
  await expect.poll(() => app.notices).toEqual([{ message: 'Saved.', kind: 'success' }]);
  expect(sent).toEqual([{ name: 'Acme Care', profile: { foundedYear: null } }]);
  await expect.element(save).toBeDisabled();
});

test('what is refused says so at its field, and stays as it was typed', async () => {
  const { app } = await workspacePage();
  const errors = [{ pointer: '/profile/website', message: 'Must be a complete web address.' }];
  app.answers.set('PATCH /api/tenant', () =>
    Response.json({ code: 'invalid-input', detail: 'website', errors }, { status: 400 }),
  );
  const website = page.getByRole('textbox', { name: 'Website' });
  await userEvent.fill(website, 'acme');
  await userEvent.click(save);
  await expect.element(page.getByText('Must be a complete web address.')).toBeVisible();
  await expect.element(website).toHaveValue('acme');
  await expect.element(save).toBeEnabled();
  await expectAccessible();
});
