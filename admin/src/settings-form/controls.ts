import { dateWords } from '@bazaar/sdk/ui';
import type { Checkbox } from '@vaadin/checkbox';
import type { DatePicker } from '@vaadin/date-picker';
import type { MultiSelectComboBox } from '@vaadin/multi-select-combo-box';
import type { Select } from '@vaadin/select';
import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { emptyItem } from './draft.ts';
import { type Field, fieldsOf, type Option, toField } from './field.ts';
import { type Path, toPointer } from './pointer.ts';
import { effective } from './schema.ts';

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

type Control = (field: Field, form: FormAccess) => TemplateResult;

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

const text: Control = (field, form) => html`<vaadin-text-field
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

const email: Control = (field, form) => html`<vaadin-email-field
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

const multiline: Control = (field, form) => html`<vaadin-text-area
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
const secret: Control = (field, form) => {
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

const number: Control = (field, form) => html`<vaadin-number-field
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

const integer: Control = (field, form) => html`<vaadin-integer-field
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

const boolean: Control = (field, form) => html`<vaadin-checkbox
  label=${field.label}
  helper-text=${field.help}
  manual-validation
  ?disabled=${form.disabled || field.readOnly}
  ?invalid=${form.error(field.path) !== ''}
  .errorMessage=${form.error(field.path)}
  .checked=${form.get(field.path) === true}
  @change=${(event: Event) => form.set(field.path, (event.currentTarget as Checkbox).checked)}
></vaadin-checkbox>`;

const date: Control = (field, form) => html`<vaadin-date-picker
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

const optionsOf = (field: Field): Option[] => ('options' in field ? field.options : []);

const choice: Control = (field, form) => {
  const value = form.get(field.path);
  const none = field.required ? [] : [{ value: '', label: '–' }];
  return html`<vaadin-select
    label=${field.label}
    helper-text=${field.help}
    manual-validation
    ?required=${field.required}
    ?readonly=${field.readOnly}
    ?disabled=${form.disabled}
    ?invalid=${form.error(field.path) !== ''}
    .errorMessage=${form.error(field.path)}
    .items=${[...none, ...optionsOf(field)]}
    .value=${value === undefined ? '' : JSON.stringify(value)}
    @change=${(event: Event) => {
      const chosen = (event.currentTarget as Select).value;
      form.set(field.path, chosen === '' ? undefined : JSON.parse(chosen));
    }}
  ></vaadin-select>`;
};

const choices: Control = (field, form) => {
  const value = form.get(field.path);
  const chosen = new Set((Array.isArray(value) ? value : []).map((item) => JSON.stringify(item)));
  const options = optionsOf(field);
  return html`<vaadin-multi-select-combo-box
    label=${field.label}
    helper-text=${field.help}
    manual-validation
    item-value-path="value"
    item-label-path="label"
    item-id-path="value"
    ?required=${field.required}
    ?readonly=${field.readOnly}
    ?disabled=${form.disabled}
    ?invalid=${form.error(field.path) !== ''}
    .errorMessage=${form.error(field.path)}
    .items=${options}
    .selectedItems=${options.filter((option) => chosen.has(option.value))}
    @change=${(event: Event) => {
      const { selectedItems } = event.currentTarget as MultiSelectComboBox<Option>;
      const values = selectedItems.map((option): unknown => JSON.parse(option.value));
      form.set(field.path, values);
    }}
  ></vaadin-multi-select-combo-box>`;
};

const json: Control = (field, form) => {
  const value = form.get(field.path);
  const broken = form.brokenText(field.path);
  const error = broken === undefined ? form.error(field.path) : 'This is not valid JSON.';
  return html`<vaadin-text-area
    label=${field.label}
    helper-text=${[field.help, 'As JSON.'].filter((part) => part !== '').join(' ')}
    manual-validation
    ?required=${field.required}
    ?readonly=${field.readOnly}
    ?disabled=${form.disabled}
    ?invalid=${error !== ''}
    .errorMessage=${error}
    .value=${broken ?? (value === undefined ? '' : JSON.stringify(value, null, 2))}
    @change=${(event: Event) => form.setJson(field.path, (event.currentTarget as HTMLTextAreaElement).value)}
  ></vaadin-text-area>`;
};

function messageOf(field: Field, form: FormAccess) {
  const error = form.error(field.path);
  return error === '' ? nothing : html`<p class="message" role="alert">${error}</p>`;
}

const group: Control = (field, form) => html`<fieldset>
  <legend>${field.label}</legend>
  ${field.help === '' ? nothing : html`<p class="muted small">${field.help}</p>`} ${messageOf(field, form)}
  ${fieldsOf(effective(field.schema, form.get(field.path)), field.path).map((inner) => controlOf(inner, form))}
</fieldset>`;

const list: Control = (field, form) => {
  const { items = {} } = field.schema;
  const value = form.get(field.path);
  const entries: unknown[] = Array.isArray(value) ? value : [];
  const entry = (_item: unknown, index: number) => {
    const inner = toField(
      String(index),
      { title: `${field.label} ${index + 1}`, ...items },
      [...field.path, index],
      true,
    );
    const label = inner.label === items.title ? `${items.title} ${index + 1}` : inner.label;
    return html`<div class="item">
      ${controlOf({ ...inner, label }, form)}
      <vaadin-button
        theme="icon tertiary"
        aria-label="Remove ${label}"
        ?disabled=${form.disabled}
        @click=${() => form.set(field.path, entries.toSpliced(index, 1))}
      >
        <bazaar-icon name="x"></bazaar-icon>
      </vaadin-button>
    </div>`;
  };
  return html`<fieldset data-pointer=${toPointer(field.path)}>
    <legend>${field.label}</legend>
    ${field.help === '' ? nothing : html`<p class="muted small">${field.help}</p>`} ${messageOf(field, form)}
    ${entries.map(entry)}
    <div>
      <vaadin-button
        theme="small"
        aria-label="Add to ${field.label}"
        ?disabled=${form.disabled || field.readOnly}
        @click=${() => form.set(field.path, [...entries, emptyItem(items)])}
      >
        <bazaar-icon slot="prefix" name="plus"></bazaar-icon>Add
      </vaadin-button>
    </div>
  </fieldset>`;
};

const CONTROLS: Record<Field['kind'], Control> = {
  text,
  uri: text,
  email,
  multiline,
  secret,
  number,
  integer,
  boolean,
  date,
  choice,
  choices,
  json,
  group,
  list,
};

export function controlOf(field: Field, form: FormAccess): TemplateResult {
  return CONTROLS[field.kind](field, form);
}
