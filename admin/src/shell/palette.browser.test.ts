import { html } from 'lit';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { expectAccessible, focused, show } from '../testing/render.ts';
import './palette.ts';
import type { CommandPalette } from './palette.ts';

async function palette() {
  const run: string[] = [];
  const command = (title: string, group: string) => ({ title, group, icon: 'house', run: () => run.push(title) });
  const element = await show<CommandPalette>(html`<bz-palette></bz-palette>`);
  await element.open([
    command('Home', 'Workspace'),
    command('Jobs', 'Job board'),
    command('Job settings', 'Job board'),
  ]);
  return { element, run };
}

test('finds while typing and runs the chosen command by keyboard', async () => {
  const { element, run } = await palette();
  const input = page.getByRole('combobox', { name: 'Go to a screen' });
  expect(focused()).toBe(input.element());
  await expectAccessible();
  await userEvent.keyboard('job');
  await expect.element(page.getByRole('option', { name: /Jobs/ })).toHaveAttribute('aria-selected', 'true');
  expect(page.getByRole('option').elements()).toHaveLength(2);
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(page.getByRole('option', { name: /Job settings/ })).toHaveAttribute('aria-selected', 'true');
  await userEvent.keyboard('{ArrowDown}{Enter}');
  expect(run).toEqual(['Jobs']);
  expect(element.dialog?.open).toBe(false);
});

test('runs what is clicked', async () => {
  const { run } = await palette();
  await userEvent.click(page.getByRole('option', { name: /Home/ }));
  expect(run).toEqual(['Home']);
});

test('says when nothing is found; Escape closes it and nothing runs', async () => {
  const { element, run } = await palette();
  await userEvent.keyboard('zzz');
  await expect.element(page.getByText('Nothing is called “zzz”.')).toBeVisible();
  await userEvent.keyboard('{Enter}{Escape}');
  expect([element.dialog?.open, run]).toEqual([false, []]);
});
