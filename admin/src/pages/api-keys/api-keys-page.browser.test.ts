import { html } from 'lit';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { appDouble, shellData } from '../../testing/app-double.ts';
import { expectAccessible, focused, show } from '../../testing/render.ts';
import './api-keys-page.ts';

const here = location.href;
afterEach(() => history.replaceState(null, '', here));

const button = (name: string) => page.getByRole('button', { name, exact: true });

test('a key that is being made, or was made and not kept, is asked about before the page is left', async () => {
  const user = { ...shellData().user, permissions: ['core:users.read'] };
  const app = await appDouble(shellData({ user }));
  app.answers.set('GET /api/keys', () => ({ items: [] }));
  app.answers.set('GET /api/permissions', () => ({
    items: [{ plugin: 'core', title: 'Platform', permissions: [{ name: 'core:users.read', title: 'See people' }] }],
  }));
  app.answers.set('POST /api/keys', () => ({ key: 'bzr_secret' }));
  app.agree = false;
  await show(html`<bz-api-keys .app=${app}></bz-api-keys>`);

  await userEvent.click(button('New key'));
  await userEvent.fill(page.getByRole('textbox', { name: 'Name' }), 'Nightly export');
  app.router.navigate('/tasks');
  await expect.poll(() => app.questions.length).toBe(1);
  expect(location.href).toBe(here);

  await userEvent.click(page.getByRole('checkbox', { name: /See people/ }));
  await userEvent.click(button('Make the key'));
  await expect.element(page.getByText('bzr_secret')).toBeVisible();
  await expect.poll(() => focused()?.textContent?.trim()).toBe('Copy');
  await expectAccessible();
  app.router.navigate('/tasks');
  await expect.poll(() => app.questions.at(-1)?.message).toMatch(/not shown again/);
  expect(location.href).toBe(here);

  await userEvent.click(button('I have kept it'));
  await expect.poll(() => focused()?.textContent?.trim()).toBe('New key');
  app.router.navigate('/tasks');
  await expect.poll(() => location.pathname).toBe('/tasks');
  expect(app.questions.length).toBe(2);
});
