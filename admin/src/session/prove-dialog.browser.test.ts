import { UiProblem } from '@bazaar/sdk/ui';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { expectAccessible, focused } from '../testing/render.ts';
import { askForProof } from './prove-dialog.ts';

test('asks until the password is right', async () => {
  const tried: string[] = [];
  const proven = askForProof({
    async byPassword(password) {
      tried.push(password);
      if (password !== 'right') throw new UiProblem({ status: 400, code: 'x', detail: 'This is not your password.' });
    },
  });
  const field = page.getByLabelText('Password', { exact: true });
  await expect.element(field).toBeVisible();
  await expect.poll(() => focused()).toBe(field.element());
  await expectAccessible();
  await userEvent.keyboard('wrong{Enter}');
  await expect.element(page.getByText('This is not your password.')).toBeVisible();
  await userEvent.clear(field);
  await userEvent.fill(field, 'right');
  await userEvent.click(page.getByRole('button', { name: 'Continue' }));
  expect(await proven).toBe(true);
  expect(tried).toEqual(['wrong', 'right']);
});

test('and takes no for an answer', async () => {
  const proven = askForProof({ byPassword: async () => {} });
  await userEvent.click(page.getByRole('button', { name: 'Cancel' }));
  expect(await proven).toBe(false);
  expect(document.querySelector('bz-prove-dialog')).toBeNull();
});

test('who has no proof of their own is sent to their company', async () => {
  let went = 0;
  void askForProof({
    async atProvider() {
      went += 1;
      throw new UiProblem({ status: 503, code: 'unavailable', detail: 'The identity provider cannot be reached.' });
    },
  });
  await userEvent.click(page.getByRole('button', { name: 'Go to your company' }));
  await expect.element(page.getByRole('alert')).toHaveTextContent('The identity provider cannot be reached.');
  await expect.element(page.getByLabelText('Password', { exact: true })).not.toBeInTheDocument();
  await expectAccessible();
  expect(went).toBe(1);
});
