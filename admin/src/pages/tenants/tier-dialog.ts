import '@vaadin/integer-field';
import { dateWords } from '@bazaar/sdk/ui';
import { html } from 'lit';
import { formDialog } from '../form-dialog.ts';
import { dayOf, endOfDay, TIERS, type Tier, tierTitle } from './tier.ts';
import type { TierChange } from './types.ts';

interface Question {
  /** `null` while the dialog is closed. */
  asked: TierChange | null;
  /** What the server refused, by field. */
  errors: ReadonlyMap<string, string>;
  busy: boolean;
  changed(change: Partial<TierChange>): void;
  close(): void;
  submit(asked: TierChange): void;
}

const TIER_ITEMS = TIERS.map((value) => ({ value, label: tierTitle(value) }));

function fields({ tier, until, seats }: TierChange, { errors, changed }: Pick<Question, 'errors' | 'changed'>) {
  const error = (name: string) => errors.get(`/${name}`) ?? '';
  return html`
    <vaadin-select
      label="Tier"
      .items=${TIER_ITEMS}
      .value=${tier}
      @value-changed=${(event: CustomEvent<{ value: Tier }>) => {
        const { value } = event.detail;
        if (value !== tier) changed({ tier: value, ...(value === 'free' ? { until: null } : {}) });
      }}
    ></vaadin-select>
    <vaadin-date-picker
      .i18n=${dateWords}
      label="Until the end of"
      helper-text="Empty: for as long as you do not change it. Afterwards the workspace is a free one."
      clear-button-visible
      manual-validation
      ?disabled=${tier === 'free'}
      ?invalid=${error('until') !== ''}
      .errorMessage=${error('until')}
      .value=${until === null ? '' : dayOf(until)}
      @value-changed=${(event: CustomEvent<{ value: string }>) => {
        const { value } = event.detail;
        if (value !== (until === null ? '' : dayOf(until))) changed({ until: value === '' ? null : endOfDay(value) });
      }}
    ></vaadin-date-picker>
    <vaadin-integer-field
      label="Seats"
      helper-text="Empty: as many as the tier has."
      min="1"
      manual-validation
      ?invalid=${error('seats') !== ''}
      .errorMessage=${error('seats')}
      .value=${seats === null ? '' : String(seats)}
      @input=${(event: Event) => {
        const { value } = event.currentTarget as HTMLInputElement;
        changed({ seats: value === '' ? null : Number(value) });
      }}
    ></vaadin-integer-field>
  `;
}

/** Asks what a workspace has booked of the platform. */
export function tierDialog(question: Question) {
  return formDialog({
    ...question,
    title: ({ tenant }) => `Tier of ${tenant.name}`,
    width: '28rem',
    content: (asked) => html`<p>
        The tier says how many people the workspace may have. Where there are more, all of them stay, and nobody else can
        come in.
      </p>
      ${fields(asked, question)}`,
    shows: [question.errors],
    button: () => 'Save',
  });
}
