import { html } from 'lit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { type AppDouble, appDouble } from '../../testing/app-double.ts';
import { expectAccessible, show } from '../../testing/render.ts';
import './delivery-log.ts';

const here = location.href;
const MAIL = {
  id: 'm1',
  tenant: null,
  template: 'reset-password',
  to: { address: 'ada@acme.test', name: 'Ada' },
  state: 'failed',
  attempts: 1,
  createdAt: '2026-11-20T09:00:00Z',
  dueAt: null,
  resendable: true,
  last: null,
};
let app: AppDouble;
let asked: string[];

beforeEach(async () => {
  asked = [];
  app = await appDouble();
  app.answers.set('GET /api/platform/mail/transport', () => ({ kind: 'captured', destination: '' }));
  app.answers.set('GET /api/platform/mail', ({ url }) => {
    asked.push([...url.searchParams].filter(([name]) => name !== 'limit').join(' '));
    return { items: [MAIL] };
  });
});
afterEach(() => history.replaceState(null, '', here));

const open = () => show(html`<bz-delivery-log .app=${app}></bz-delivery-log>`);

test('filters stand in the address, and what stands there is asked for', async () => {
  history.replaceState(null, '', '/platform/mail?state=failed&address=acme');
  await open();
  await expect.element(page.getByText('Choose a new password')).toBeVisible();
  expect(asked).toEqual(['state,failed address,acme']);
  await expect.element(page.getByLabelText('Address')).toHaveValue('acme');
  await userEvent.fill(page.getByLabelText('Address'), 'ada');
  await expect.poll(() => location.search).toBe('?state=failed&address=ada');
  await expect.poll(() => asked.at(-1)).toBe('state,failed address,ada');
  await expectAccessible();
});

test('a state that there is not is no filter', async () => {
  history.replaceState(null, '', '/platform/mail?state=lost');
  await open();
  await expect.element(page.getByText('Choose a new password')).toBeVisible();
  expect(asked).toEqual(['']);
});

test('the attempts stand below their letter, opened and closed by the same button', async () => {
  history.replaceState(null, '', '/platform/mail');
  app.answers.set('GET /api/platform/mail/m1', () => ({
    ...MAIL,
    deliveries: [
      { attempt: 1, startedAt: MAIL.createdAt, finishedAt: MAIL.createdAt, outcome: 'refused', detail: '550 no' },
    ],
  }));
  await open();
  const details = page.getByRole('button', { name: 'Details of the e-mail to ada@acme.test' });
  await userEvent.click(details);
  await expect.element(page.getByText('550 no')).toBeVisible();
  await expect.element(details).toHaveAttribute('aria-expanded', 'true');
  await expectAccessible();
  await userEvent.click(details);
  await expect.element(page.getByText('550 no')).not.toBeInTheDocument();
});
