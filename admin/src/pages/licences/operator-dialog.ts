import '@vaadin/integer-field';
import '@vaadin/text-field';
import { html, nothing } from 'lit';
import { formDialog } from '../form-dialog.ts';
import type { PlatformLicenceView } from './types.ts';

/** What an operator is about to do with a licence. */
export interface OperatorWork {
  kind: 'extend-trial' | 'revoke' | 'reactivate' | 'grant';
  licence: PlatformLicenceView;
  days: number;
  seats: number | null;
  reason: string;
}

interface OperatorQuestion {
  work: OperatorWork | null;
  busy: boolean;
  changed(change: Partial<OperatorWork>): void;
  close(): void;
  submit(work: OperatorWork): void;
}

const WORDS: Record<OperatorWork['kind'], { title: string; text: string; button: string }> = {
  'extend-trial': {
    title: 'Extend the trial',
    text: 'The days are added to its end, or count from now when it has ended.',
    button: 'Extend',
  },
  revoke: {
    title: 'Revoke the licence',
    text: 'Nobody in this workspace can use the plugin from this moment on. Its data is kept.',
    button: 'Revoke',
  },
  reactivate: {
    title: 'Reactivate the licence',
    text: 'It goes on as it was before it was revoked.',
    button: 'Reactivate',
  },
  grant: {
    title: 'Give a licence',
    text: 'For ever and without payment, in the place of what there is. A subscription with the payment provider is not ended by it.',
    button: 'Give licence',
  },
};

const textOf = (event: Event): string => (event.currentTarget as HTMLInputElement).value;

function numberOf(event: Event): number | null {
  const text = textOf(event);
  return text === '' ? null : Number(text);
}

function isComplete({ kind, days, reason }: OperatorWork): boolean {
  return kind === 'extend-trial' ? Number.isInteger(days) && days >= 1 && days <= 365 : reason.trim() !== '';
}

function fields({ kind, days, reason, seats }: OperatorWork, changed: OperatorQuestion['changed']) {
  if (kind === 'extend-trial') {
    return html`<vaadin-integer-field
      label="Days"
      min="1"
      max="365"
      step-buttons-visible
      .value=${String(days)}
      @input=${(event: Event) => changed({ days: numberOf(event) ?? 0 })}
      @change=${(event: Event) => changed({ days: numberOf(event) ?? 0 })}
    ></vaadin-integer-field>`;
  }
  return html`<vaadin-text-field
      label="Reason"
      maxlength="500"
      helper-text="Stands in the audit log of the workspace."
      .value=${reason}
      @input=${(event: Event) => changed({ reason: textOf(event) })}
    ></vaadin-text-field>
    ${
      kind === 'grant'
        ? html`<vaadin-integer-field
            label="Seats"
            min="0"
            helper-text="Empty for any number of people."
            .value=${seats === null ? '' : String(seats)}
            @input=${(event: Event) => changed({ seats: numberOf(event) })}
          ></vaadin-integer-field>`
        : nothing
    }`;
}

/** Asks for what an operator's work on a licence takes: days, or a reason. */
export function operatorDialog({ work, changed, ...question }: OperatorQuestion) {
  return formDialog({
    ...question,
    asked: work,
    title: ({ kind }) => WORDS[kind].title,
    width: '28rem',
    content: (asked) => html`<p>
        <strong>${asked.licence.plugin}</strong> of ${asked.licence.tenant.name}. ${WORDS[asked.kind].text}
      </p>
      ${fields(asked, changed)}`,
    button: ({ kind }) => WORDS[kind].button,
    isDangerous: ({ kind }) => kind === 'revoke',
    isComplete,
  });
}
