import { html } from 'lit';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { appDouble } from '../../testing/app-double.ts';
import { expectAccessible, show } from '../../testing/render.ts';
import './single-sign-on-panel.ts';

async function panel(since: string | null, outcome: string | null = null) {
  const app = await appDouble();
  const left: string[] = [];
  const changes: string[] = [];
  await show(html`<bz-single-sign-on-panel
    .app=${app}
    .security=${{ singleSignOn: { since } }}
    .outcome=${outcome}
    .leave=${(location: string) => left.push(location)}
    .changed=${() => changes.push('changed')}
  ></bz-single-sign-on-panel>`);
  return { app, left, changes };
}

test('connects at the provider', async () => {
  const { app, left } = await panel(null);
  app.answers.set('POST /api/account/single-sign-on', () => ({ location: 'https://provider.test/authorize' }));
  await userEvent.click(page.getByRole('button', { name: 'Connect' }));
  await expect.poll(() => left).toEqual(['https://provider.test/authorize']);
});

test('says that it is connected, and disconnects', async () => {
  const { app, changes } = await panel('2026-11-20T10:00:00Z', 'connected');
  await expect.element(page.getByRole('status')).toHaveTextContent('Connected.');
  await expectAccessible();
  app.answers.set('DELETE /api/account/single-sign-on', () => new Response(null, { status: 204 }));
  await userEvent.click(page.getByRole('button', { name: 'Disconnect' }));
  await expect.poll(() => changes).toEqual(['changed']);
  expect(app.questions).toMatchObject([{ title: 'Disconnect single sign-on?' }]);
});

test('says why it was not connected', async () => {
  await panel(null, 'connected-elsewhere');
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent("Your company's account is connected to somebody else's account here.");
});
