import { html } from 'lit';

export interface TypedConfirmation {
  /** What is to be typed: the name or the address of what is lost. */
  expected: string;
  typed: string;
  /** What the server says of it. */
  problem: string | null;
  changed(typed: string): void;
}

/** Whether what was typed is what was asked for. Names are compared letter by letter, e-mail addresses are not. */
export function isConfirmed({ expected, typed }: Pick<TypedConfirmation, 'expected' | 'typed'>): boolean {
  const same = (text: string) => (expected.includes('@') ? text.toLowerCase() : text);
  return expected !== '' && same(typed.trim()) === same(expected);
}

/** Asks to type what is about to be lost, so that nobody loses it by a click. */
export function typedConfirmation({ expected, typed, problem, changed }: TypedConfirmation) {
  return html`<vaadin-text-field
    label="Type ${expected} to confirm"
    autocomplete="off"
    manual-validation
    .value=${typed}
    ?invalid=${problem !== null}
    .errorMessage=${problem ?? ''}
    @value-changed=${(event: CustomEvent<{ value: string }>) => changed(event.detail.value)}
  ></vaadin-text-field>`;
}
