import type { Dialog } from '@vaadin/dialog';
import { dialogRenderer } from '@vaadin/dialog/lit.js';
import { html } from 'lit';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { confirm } from '../app/messages.ts';
import { focused, show } from '../testing/render.ts';
import { OpenDialogs } from './open-dialogs.ts';

// One for the window, as in the product.
let dialogs: OpenDialogs;
let dialog: Dialog;

beforeAll(() => {
  dialogs = new OpenDialogs(document);
});

beforeEach(async () => {
  const place = await show<HTMLElement>(html`<section>
    <label>Password <input /></label>
    <vaadin-dialog
      header-title="Invite"
      .opened=${true}
      ${dialogRenderer(() => html`<vaadin-text-field label="E-mail"></vaadin-text-field>`, [])}
    ></vaadin-dialog>
  </section>`);
  dialog = place.querySelector('vaadin-dialog') as Dialog;
  await expect.poll(() => dialogs.any).toBe(true);
});

const typed = page.getByLabelText('E-mail');
const password = page.getByLabelText('Password');

test('what is put away is neither seen, nor closed, nor holds the focus, and comes back as it was', async () => {
  await userEvent.fill(typed, 'ada@acme.test');
  dialogs.putAway();
  expect(dialogs.any).toBe(false);
  await expect.element(typed).not.toBeVisible();
  await userEvent.click(password);
  await userEvent.keyboard('secret{Escape}');
  await expect.element(password).toHaveValue('secret');
  await userEvent.tab();
  expect(focused()).not.toBe(password.element());
  expect(dialog.opened).toBe(true);

  dialogs.bringBack();
  expect(dialogs.any).toBe(true);
  await expect.element(typed).toBeVisible();
  await expect.element(typed).toHaveValue('ada@acme.test');
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => dialog.opened).toBe(false);
});

test('a question nobody is there to answer any more is answered with no', async () => {
  const answer = confirm({ title: 'Switch off?', message: 'It stops.', confirm: 'Switch off', danger: true });
  await expect.element(page.getByText('It stops.')).toBeVisible();
  dialogs.putAway();
  await expect.element(page.getByText('It stops.')).not.toBeVisible();
  dialogs.closeAll();
  expect(await answer).toBe(false);
  expect(dialog.opened).toBe(false);
  await userEvent.click(password);
});
