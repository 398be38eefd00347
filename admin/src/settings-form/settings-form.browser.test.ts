import { html } from 'lit';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { expectAccessible, focused, show } from '../testing/render.ts';
import type { Schema } from './schema.ts';
import './settings-form.ts';
import type { SettingsForm } from './settings-form.ts';

const schema: Schema = {
  type: 'object',
  required: ['sender'],
  properties: {
    sender: { type: 'string', format: 'email', title: 'Sender', description: 'What candidates see.' },
    currency: { enum: ['EUR', 'USD'], title: 'Currency', default: 'EUR' },
    days: { type: 'integer', title: 'Days open', default: 30 },
    share: { type: 'boolean', title: 'Share' },
    key: { type: 'string', title: 'API key', 'x-secret': true },
    benefits: { type: 'array', title: 'Benefits', items: { type: 'string' } },
    rates: { type: 'object', title: 'Rates' },
    mail: {
      type: 'object',
      title: 'Mail',
      properties: { kind: { enum: ['none', 'smtp'], title: 'Kind', default: 'none' } },
      if: { properties: { kind: { const: 'smtp' } }, required: ['kind'] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { properties: { host: { type: 'string', title: 'Host' } } },
    },
  },
};

function form(values: object = {}, rest: { errors?: [string, string][]; secrets?: string[] } = {}) {
  return show<SettingsForm>(html`<bz-settings-form
    .schema=${schema}
    .values=${values}
    .secrets=${rest.secrets ?? []}
    .errors=${new Map(rest.errors ?? [])}
  ></bz-settings-form>`);
}

test('shows stored values and defaults, and sends what is shown', async () => {
  const element = await form({ sender: 'jobs@acme.test', benefits: ['Pension'] });
  await expect.element(page.getByRole('textbox', { name: 'Sender' })).toHaveValue('jobs@acme.test');
  await expect.element(page.getByRole('textbox', { name: 'Benefits 1' })).toHaveValue('Pension');
  expect(element.value).toEqual({
    sender: 'jobs@acme.test',
    currency: 'EUR',
    days: 30,
    benefits: ['Pension'],
    mail: { kind: 'none' },
  });
  await expectAccessible();
});

test('edits keep their types; an emptied field is not sent', async () => {
  const element = await form({ sender: 'a@b' });
  let edits = 0;
  element.addEventListener('edited', () => {
    edits += 1;
  });
  await userEvent.fill(page.getByRole('textbox', { name: 'Sender' }), '');
  await userEvent.fill(page.getByRole('spinbutton', { name: 'Days open' }), '45');
  await userEvent.click(page.getByRole('checkbox', { name: 'Share' }));
  expect(element.value).toEqual({ currency: 'EUR', days: 45, share: true, mail: { kind: 'none' } });
  expect(edits).toBeGreaterThan(2);
});

test('lists grow and shrink', async () => {
  const element = await form({ benefits: ['A', 'B'] });
  await userEvent.click(page.getByRole('button', { name: 'Add to Benefits' }));
  await userEvent.fill(page.getByRole('textbox', { name: 'Benefits 3' }), 'C');
  await userEvent.click(page.getByRole('button', { name: 'Remove Benefits 1' }));
  expect(element.value).toMatchObject({ benefits: ['B', 'C'] });
});

test('a stored secret is never shown; it is kept, replaced or removed', async () => {
  const element = await form({}, { secrets: ['/key'] });
  const key = page.getByLabelText('API key', { exact: true });
  await expect.element(key).toHaveValue('');
  expect(element.value).not.toHaveProperty('key');
  await userEvent.fill(key, 'new');
  expect(element.value).toMatchObject({ key: 'new' });
  await userEvent.click(page.getByRole('button', { name: 'Remove the stored value of API key' }));
  expect(element.value).toMatchObject({ key: null });
});

test('the server’s messages stand at their fields, also inside a group', async () => {
  const element = await form(
    { mail: { kind: 'smtp' } },
    {
      errors: [
        ['/sender', 'Must be an e-mail address.'],
        ['/mail/host', 'Is required.'],
      ],
    },
  );
  await expect.element(page.getByRole('textbox', { name: 'Sender' })).toHaveAccessibleDescription(/Must be an e-mail/);
  await expect.element(page.getByRole('textbox', { name: 'Host' })).toHaveAccessibleDescription(/Is required/);
  await element.focusError();
  expect(focused()).toBe(page.getByRole('textbox', { name: 'Sender' }).element());
});

test('branches come and go with their condition, and take their values along', async () => {
  const element = await form({ mail: { kind: 'smtp', host: 'mail.acme.test' } });
  await expect.element(page.getByRole('textbox', { name: 'Host' })).toHaveValue('mail.acme.test');
  element.values = { mail: { kind: 'none', host: 'mail.acme.test' } };
  await expect.element(page.getByRole('textbox', { name: 'Host' })).not.toBeInTheDocument();
  expect(element.value).toMatchObject({ mail: { kind: 'none' } });
});

test('what no control fits is edited as JSON, and cannot be sent half-written', async () => {
  const element = await form({ rates: { a: 1 } });
  const rates = page.getByRole('textbox', { name: 'Rates' });
  await userEvent.fill(rates, '{"a":');
  await userEvent.tab();
  expect(element.broken).toEqual(['/rates']);
  await expect.element(rates).toHaveValue('{"a":');
  await userEvent.fill(rates, '{"a":2}');
  await userEvent.tab();
  expect(element.broken).toEqual([]);
  expect(element.value).toMatchObject({ rates: { a: 2 } });
});
