import { html } from 'lit';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { appDouble } from '../../testing/app-double.ts';
import { expectAccessible, show } from '../../testing/render.ts';
import './workspace-page.ts';

async function workspacePage() {
  const app = await appDouble();
  const stored = {
    id: 't1',
    slug: 'acme',
    name: 'Acme',
    profile: { industry: 'staffing', foundedYear: 1999 },
    logo: null as string | null,
    verifiedAt: null as string | null,
  };
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
    return { ...stored, name: 'Acme Care', profile: { industry: 'staffing', type: 'employer' } };
  });
  await userEvent.fill(page.getByRole('textbox', { name: 'Name' }), 'Acme Care');
  await userEvent.fill(page.getByRole('textbox', { name: 'Founded in' }), '');
  await userEvent.fill(page.getByRole('combobox', { name: 'Kind of organisation' }), 'Employer');
  await userEvent.keyboard('{Enter}');
  await userEvent.click(save);
  await expect.poll(() => app.notices).toEqual([{ message: 'Saved.', kind: 'success' }]);
  expect(sent).toEqual([{ name: 'Acme Care', profile: { type: 'employer', foundedYear: null } }]);
  await expect.element(save).toBeDisabled();
});

test('what is not saved is asked about before the page is left', async () => {
  const here = location.href;
  const { app } = await workspacePage();
  await expect.element(save).toBeDisabled();
  app.router.navigate('/tasks');
  expect([location.pathname, app.questions]).toEqual(['/tasks', []]);
  history.replaceState(null, '', here);

  app.agree = false;
  await userEvent.fill(page.getByRole('textbox', { name: 'Name' }), 'Acme Care');
  app.router.navigate('/tasks');
  await expect.poll(() => app.questions).toMatchObject([{ title: 'Leave without saving?' }]);
  expect(location.href).toBe(here);
  app.agree = true;
  app.router.navigate('/tasks');
  await expect.poll(() => location.pathname).toBe('/tasks');
  history.replaceState(null, '', here);
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

test('a logo is made small, put in its place, and taken away again', async () => {
  const { app, stored } = await workspacePage();
  const drawing = new OffscreenCanvas(2000, 500);
  drawing.getContext('2d')?.fillRect(0, 0, 2000, 500);
  const file = new File([await drawing.convertToBlob({ type: 'image/png' })], 'logo.png', { type: 'image/png' });
  const sent: { type: string; width: number; height: number }[] = [];
  app.answers.set('PUT /api/tenant/logo', async ({ body }) => {
    const { width, height } = await createImageBitmap(body as Blob);
    sent.push({ type: (body as Blob).type, width, height });
    stored.logo = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';
    return { logo: stored.logo };
  });
  app.answers.set('DELETE /api/tenant/logo', () => {
    stored.logo = null;
    return new Response(null, { status: 204 });
  });
  const choose = page.getByRole('button', { name: 'Choose logo' });
  await expect.element(choose).toBeVisible();
  const input = document.querySelector('bz-workspace')?.shadowRoot?.querySelector('bz-picture-field')?.shadowRoot;
  const field = input?.querySelector<HTMLInputElement>('input[type=file]');
  const choice = (chosen: File) => {
    const transfer = new DataTransfer();
    transfer.items.add(chosen);
    if (field) field.files = transfer.files;
    field?.dispatchEvent(new Event('change'));
  };
  choice(new File(['<svg/>'], 'logo.svg', { type: 'image/svg+xml' }));
  await expect.element(page.getByRole('alert')).toHaveTextContent('Choose a PNG, JPEG or WebP picture.');
  choice(new File(['no picture'], 'logo.png', { type: 'image/png' }));
  await expect.element(page.getByRole('alert')).toHaveTextContent('This picture cannot be read. Choose another one.');
  await expectAccessible();
  choice(file);
  await expect.element(page.getByRole('button', { name: 'Replace logo' })).toBeVisible();
  expect(sent).toEqual([{ type: 'image/webp', width: 512, height: 128 }]);
  expect(page.getByRole('alert').elements()).toEqual([]);
  await userEvent.click(page.getByRole('button', { name: 'Remove logo' }));
  await expect.element(choose).toBeVisible();
});

test('a verified workspace is told since when, and what ends it', async () => {
  const app = await appDouble();
  const verifiedAt = '2026-11-02T10:00:00Z';
  app.answers.set('GET /api/tenant', () => ({ slug: 'acme', name: 'Acme', profile: {}, logo: null, verifiedAt }));
  await show(html`<bz-workspace .app=${app}></bz-workspace>`);
  await expect.element(page.getByText('Verified', { exact: true })).toBeVisible();
  await expect.element(page.getByText(/name or website ends that/)).toBeVisible();
  await expectAccessible();
});
