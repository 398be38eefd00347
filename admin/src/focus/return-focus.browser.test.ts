import type { Button } from '@vaadin/button';
import { html } from 'lit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { show } from '../testing/render.ts';
import { focused } from './focused.ts';
import { returnFocus } from './return-focus.ts';

let stop: () => void;
let button: Button;
let other: HTMLElement;

beforeEach(async () => {
  stop = returnFocus();
  const place = await show(html`<p><vaadin-button>Switch off</vaadin-button><button>Other</button></p>`);
  button = place.querySelector('vaadin-button') as Button;
  other = place.querySelector('button') as HTMLElement;
  button.focus();
  expect(focused()).toBe(button);
});
afterEach(() => stop());

async function disable(disabled: boolean): Promise<void> {
  button.disabled = disabled;
  await expect.poll(() => button.hasAttribute('disabled')).toBe(disabled);
}

test('a button that was switched off while something is done gets the focus back', async () => {
  await disable(true);
  other.focus();
  other.blur();
  await disable(false);
  await expect.poll(focused).toBe(button);
});

test('what has taken the focus meanwhile keeps it', async () => {
  await disable(true);
  other.focus();
  await disable(false);
  await new Promise((resolve) => setTimeout(resolve));
  expect(focused()).toBe(other);
});
