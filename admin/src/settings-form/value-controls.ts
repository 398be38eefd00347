import { dateWords } from '@bazaar/sdk/ui';
import type { Checkbox } from '@vaadin/checkbox';
import type { DatePicker } from '@vaadin/date-picker';
import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { Field } from './field.ts';
import type { Path } from './pointer.ts';

/** What a control may know and do of the form it is in. */
export interface FormAccess {
  get(path: Path): unknown;
  set(path: Path, value: unknown): void;
  setJson(path: Path, text: string): void;
  brokenText(path: Path): string | undefined;
  error(path: Path): string;
  hasSecret(path: Path): boolean;
  disabled: boolean;
}

/** One field of the form. */
export type Control = (field: Field, form: FormAccess) => TemplateResult;

const textOf = (value: unknown): string => (value === undefined || value === null ? '' : String(value));

function placeholder({ schema }: Field): string | undefined {
  const [example] = schema.examples ?? [];
  return example === undefined ? undefined : `e.g. ${String(example)}`;
}

const onText = (field: Field, form: FormAccess) => (event: Event) =>
  form.set(field.path, (event.currentTarget as HTMLInputElement).value);

const onNumber = (field: Field, form: FormAccess) => (event: Event) => {
  const text = (event.currentTarget as HTMLInputElement).value;
  form.set(field.path, text === '' ? undefined : Number(text));
};

export const text: Control = (field, form) => html`<vaadin-text-field
  label=${field.label}
  helper-text=${field.help}
  placeholder=${ifDefined(field.kind === 'uri' ? (placeholder(field) ?? 'https://') : placeholder(field))}
  manual-validation
  ?required=${field.required}
  ?readonly=${field.readOnly}
  ?disabled=${form.disabled}
  ?invalid=${form.error(field.path) !== ''}
  .errorMessage=${form.error(field.path)}
  .value=${textOf(form.get(field.path))}
  @input=${onText(field, form)}
></vaadin-text-field>`;

export const email: Control = (field, form) => html`<vaadin-email-field
  label=${field.label}
  helper-text=${field.help}
  placeholder=${ifDefined(placeholder(field))}
  manual-validation
  ?required=${field.required}
  ?readonly=${field.readOnly}
  ?disabled=${form.disabled}
  ?invalid=${form.error(field.path) !== ''}
  .errorMessage=${form.error(field.path)}
  .value=${textOf(form.get(field.path))}
  @input=${onText(field, form)}
></vaadin-email-field>`;

export const multiline: Control = (field, form) => html`<vaadin-text-area
  label=${field.label}
  helper-text=${field.help}
  placeholder=${ifDefined(placeholder(field))}
  manual-validation
  ?required=${field.required}
  ?readonly=${field.readOnly}
  ?disabled=${form.disabled}
  ?invalid=${form.error(field.path) !== ''}
  .errorMessage=${form.error(field.path)}
  .value=${textOf(form.get(field.path))}
  @input=${onText(field, form)}
></vaadin-text-area>`;

/** Write-only: what is stored never comes back; an empty field leaves it as it is. */
export const secret: Control = (field, form) => {
  const stored = form.hasSecret(field.path) && form.get(field.path) !== null;
  const note = stored ? 'A value is stored. Leave this empty to keep it.' : '';
  return html`<div class="stack tight">
    <vaadin-password-field
      label=${field.label}
      helper-text=${[field.help, note].filter((part) => part !== '').join(' ')}
      placeholder=${stored ? '••••••••' : ''}
      autocomplete="off"
      manual-validation
      ?required=${field.required && !stored}
      ?disabled=${form.disabled}
      ?invalid=${form.error(field.path) !== ''}
      .errorMessage=${form.error(field.path)}
      .value=${textOf(form.get(field.path))}
      @input=${onText(field, form)}
    ></vaadin-password-field>
    ${
      stored && !field.required
        ? html`<div>
            <vaadin-button
              theme="small tertiary"
              ?disabled=${form.disabled}
              aria-label="Remove the stored value of ${field.label}"
              @click=${() => form.set(field.path, null)}
            >
              Remove stored value
            </vaadin-button>
          </div>`
        : nothing
    }
  </div>`;
};

export const number: Control = (field, form) => html`<vaadin-number-field
  label=${field.label}
  helper-text=${field.help}
  manual-validation
  min=${ifDefined(field.schema.minimum)}
  max=${ifDefined(field.schema.maximum)}
  step=${ifDefined(field.schema.multipleOf)}
  ?required=${field.required}
  ?readonly=${field.readOnly}
  ?disabled=${form.disabled}
  ?invalid=${form.error(field.path) !== ''}
  .errorMessage=${form.error(field.path)}
  .value=${textOf(form.get(field.path))}
  @input=${onNumber(field, form)}
></vaadin-number-field>`;

export const integer: Control = (field, form) => html`<vaadin-integer-field
  label=${field.label}
  helper-text=${field.help}
  manual-validation
  step-buttons-visible
  min=${ifDefined(field.schema.minimum)}
  max=${ifDefined(field.schema.maximum)}
  ?required=${field.required}
  ?readonly=${field.readOnly}
  ?disabled=${form.disabled}
  ?invalid=${form.error(field.path) !== ''}
  .errorMessage=${form.error(field.path)}
  .value=${textOf(form.get(field.path))}
  @value-changed=${(event: CustomEvent<{ value: string }>) => {
    if (event.detail.value !== textOf(form.get(field.path))) onNumber(field, form)(event);
  }}
></vaadin-integer-field>`;

export const boolean: Control = (field, form) => html`<vaadin-checkbox
  label=${field.label}
  helper-text=${field.help}
  manual-validation
  ?disabled=${form.disabled || field.readOnly}
  ?invalid=${form.error(field.path) !== ''}
  .errorMessage=${form.error(field.path)}
  .checked=${form.get(field.path) === true}
  @change=${(event: Event) => form.set(field.path, (event.currentTarget as Checkbox).checked)}
></vaadin-checkbox>`;

export const date: Control = (field, form) => html`<vaadin-date-picker
  .i18n=${dateWords}
  label=${field.label}
  helper-text=${field.help}
  manual-validation
  ?required=${field.required}
  ?readonly=${field.readOnly}
  ?disabled=${form.disabled}
  ?invalid=${form.error(field.path) !== ''}
  .errorMessage=${form.error(field.path)}
  .value=${textOf(form.get(field.path))}
  @change=${(event: Event) => form.set(field.path, (event.currentTarget as DatePicker).value)}
></vaadin-date-picker>`;
