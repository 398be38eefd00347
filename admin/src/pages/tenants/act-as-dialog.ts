import { html } from 'lit';
import { formDialog } from '../form-dialog.ts';
import { SHORTEST_REASON } from './suspend-dialog.ts';
import type { ActAs } from './types.ts';

interface Question {
  /** `null` while the dialog is closed. */
  asked: ActAs | null;
  busy: boolean;
  changed(change: Partial<Pick<ActAs, 'userId' | 'reason'>>): void;
  close(): void;
  submit(asked: ActAs): void;
}

/** Asks as whom an operator wants to act, and why. */
export function actAsDialog({ changed, ...question }: Question) {
  return formDialog({
    ...question,
    title: ({ tenant }) => `Act as a member of ${tenant.name}`,
    width: '28rem',
    content: ({ members, userId, reason }) => html`<p>
        For half an hour you see and do what this person may, except over people, money, keys and sign-in. Every change
        is logged under both names.
      </p>
      <vaadin-combo-box
        label="Member"
        item-value-path="value"
        item-label-path="label"
        .items=${choices(members)}
        .value=${userId}
        @value-changed=${(event: CustomEvent<{ value: string }>) => {
          if (event.detail.value !== userId) changed({ userId: event.detail.value });
        }}
      ></vaadin-combo-box>
      <vaadin-text-area
        label="Reason"
        helper-text="The workspace reads it in its audit log."
        maxlength="500"
        .value=${reason}
        @input=${(event: Event) => changed({ reason: (event.currentTarget as HTMLInputElement).value })}
      ></vaadin-text-area>`,
    button: () => 'Act as this member',
    isComplete: ({ userId, reason }) => userId !== '' && reason.trim().length >= SHORTEST_REASON,
  });
}

function choices(members: ActAs['members']) {
  return members.map(({ id, name, email, roleTitles }) => ({
    value: id,
    label: `${name} (${[email, ...roleTitles].join(', ')})`,
  }));
}
