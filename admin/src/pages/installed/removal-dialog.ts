import '@vaadin/integer-field';
import '@vaadin/text-field';
import { html } from 'lit';
import { formDialog } from '../form-dialog.ts';
import { isConfirmed, typedConfirmation } from '../privacy/typed-confirmation.ts';
import { impactFacts } from './describe.ts';
import type { Removal } from './types.ts';

interface Question {
  /** `null` while the dialog is closed. */
  asked: Removal | null;
  busy: boolean;
  nameOf(plugin: string): string;
  changed(change: Partial<Removal>): void;
  close(): void;
  submit(asked: Removal): void;
}

const MOST_DAYS = 3650;

const CONSEQUENCES: Record<Removal['kind'], string> = {
  uninstall: 'It stops at once for everybody. Its data is put aside, and both come back when you restore it.',
  purge: 'What it has kept is written to a file of the server first, and deleted then. It cannot be restored any more.',
};

const BUTTONS: Record<Removal['kind'], { ready: string; busy: string }> = {
  uninstall: { ready: 'Uninstall', busy: 'Uninstalling…' },
  purge: { ready: 'Delete for good', busy: 'Deleting…' },
};

function isComplete({ kind, days, typed, plugin }: Removal): boolean {
  if (kind === 'purge') return isConfirmed({ expected: plugin.name, typed });
  return days !== null && Number.isInteger(days) && days >= 1 && days <= MOST_DAYS;
}

function choice({ kind, days, typed, plugin }: Removal, changed: Question['changed']) {
  if (kind === 'purge') {
    return typedConfirmation({
      expected: plugin.name,
      typed,
      problem: null,
      changed: (text) => changed({ typed: text }),
    });
  }
  return html`<vaadin-integer-field
    label="Days for which its data is kept"
    min="1"
    max=${MOST_DAYS}
    step-buttons-visible
    .value=${days === null ? '' : String(days)}
    @value-changed=${(event: CustomEvent<{ value: string }>) => {
      const { value } = event.detail;
      const wanted = value === '' ? null : Number(value);
      if (wanted !== days) changed({ days: wanted });
    }}
  ></vaadin-integer-field>`;
}

/** Shows what goes with a plugin before it is uninstalled, or deleted with all it has kept. */
export function removalDialog(question: Question) {
  const { busy, nameOf, changed } = question;
  return formDialog({
    ...question,
    title: ({ kind, plugin }) => (kind === 'purge' ? `Delete ${plugin.name} for good?` : `Uninstall ${plugin.name}?`),
    width: '32rem',
    content: (asked) => html`<p>${CONSEQUENCES[asked.kind]}</p>
      <dl class="facts">
        ${impactFacts(asked.impact, nameOf).map(
          ([of, what]) => html`<dt>${of}</dt>
            <dd>${what}</dd>`,
        )}
      </dl>
      ${choice(asked, changed)}`,
    button: ({ kind }) => BUTTONS[kind][busy ? 'busy' : 'ready'],
    isDangerous: () => true,
    isComplete,
  });
}
