import { html } from 'lit';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { appDouble } from '../../testing/app-double.ts';
import { expectAccessible, focused, show } from '../../testing/render.ts';
import './plans-panel.ts';
import type { PlansView } from './types.ts';

const offer = { plan: 'monthly', currency: 'EUR', unitAmount: 1_000, perSeat: false, savingPercent: null } as const;
const plans: PlansView = {
  plugin: 'toy',
  name: 'Toy box',
  offers: [offer],
  meters: [],
  owned: false,
  subscription: null,
  ending: null,
  order: null,
  seatsTaken: 0,
  keepsTrialUntil: null,
};

test('a promotion code that is not known is said so at its field, until it is changed', async () => {
  const app = await appDouble();
  app.answers.set('GET /api/billing', () => ({ payments: 'live', paymentMethod: null, credit: null, attention: [] }));
  app.answers.set('GET /api/billing/plans/toy', () => plans);
  const message = 'This code is not known.';
  app.answers.set('POST /api/billing/subscriptions', ({ body }) => {
    expect(body).toEqual({ plugin: 'toy', interval: 'monthly', promotionCode: 'SPRING' });
    const errors = [{ pointer: '/promotionCode', message }];
    return Response.json({ code: 'invalid-input', detail: message, errors }, { status: 400 });
  });
  await show(html`<bz-plans .app=${app} .plugin=${'toy'}></bz-plans>`);
  const code = page.getByRole('textbox', { name: 'Promotion code' });
  await userEvent.fill(code, 'SPRING');
  await userEvent.click(page.getByRole('button', { name: 'Subscribe, monthly' }));
  await expect.element(page.getByText(message)).toBeVisible();
  await expect.element(code).toHaveAttribute('aria-invalid', 'true');
  await expect.poll(() => focused()).toBe(code.element());
  expect(app.notices).toEqual([]);
  await expectAccessible();
  await userEvent.fill(code, 'SUMMER');
  await expect.element(code).not.toHaveAttribute('aria-invalid');
});
