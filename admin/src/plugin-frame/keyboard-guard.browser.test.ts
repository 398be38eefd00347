import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { guardKeyboard } from './keyboard-guard.ts';

let frame: HTMLIFrameElement;
let field: HTMLInputElement;
let dialog: HTMLDialogElement;
let undo: () => void;
const taken = vi.fn();

beforeEach(async () => {
  document.body.innerHTML = '<input /><dialog><input /></dialog><iframe srcdoc="<input>"></iframe>';
  frame = document.querySelector('iframe') as HTMLIFrameElement;
  await new Promise((resolve) => frame.addEventListener('load', resolve));
  field = document.querySelector('input') as HTMLInputElement;
  dialog = document.querySelector('dialog') as HTMLDialogElement;
  undo = guardKeyboard(frame, taken);
});
afterEach(() => {
  undo();
  taken.mockReset();
  document.body.innerHTML = '';
});

const press = (key: string) => field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
/** What a frame does from inside and a person by a click look the same from outside. */
function intoFrame(): void {
  frame.contentWindow?.focus();
  frame.contentDocument?.querySelector('input')?.focus();
  // The browser of the tests has several windows and tells none of them.
  window.dispatchEvent(new FocusEvent('blur'));
}

test('a frame that takes the focus between two keys is told of, and the field has it back', () => {
  field.focus();
  press('a');
  intoFrame();
  expect(taken).toHaveBeenCalledOnce();
  expect(document.activeElement).toBe(field);
});

test('one that takes it out of an open dialog is told of, however long nobody has typed', () => {
  dialog.showModal();
  const inside = dialog.querySelector('input') as HTMLInputElement;
  inside.focus();
  intoFrame();
  expect(taken).toHaveBeenCalledOnce();
  expect(document.activeElement).toBe(inside);
});

test.each([
  ['by Tab', () => press('Tab')],
  ['with the pointer', () => press('a') && frame.dispatchEvent(new PointerEvent('pointerenter'))],
  ['some time after typing', () => undefined],
])('who goes into it %s is let in', (_how, act) => {
  field.focus();
  act();
  intoFrame();
  expect(taken).not.toHaveBeenCalled();
  expect(document.activeElement).toBe(frame);
});

test('a frame that the shell itself gives the focus is let in, also between two keys', () => {
  field.focus();
  press('Enter');
  frame.focus();
  window.dispatchEvent(new FocusEvent('blur'));
  expect(taken).not.toHaveBeenCalled();
  expect(document.activeElement).toBe(frame);
  // Not for ever.
  field.focus();
  press('a');
  intoFrame();
  expect(taken).toHaveBeenCalledOnce();
});
