import { dateWords } from '@bazaar/sdk/ui';
import { html, type TemplateResult } from 'lit';
import { decimals } from '../../src/jobs/money.ts';
import { type Choice, COUNTRIES, CURRENCIES } from './countries.ts';
import type { FieldName, FieldSpec } from './job-form-sections.ts';

/** What a control may know and do of the form it is in. */
export interface FormAccess {
  get(name: FieldName): unknown;
  set(name: FieldName, value: unknown): void;
  /** Message of the server about this field; empty when there is none. */
  error(name: FieldName): string;
}

type Control = (spec: FieldSpec, form: FormAccess) => TemplateResult;

const textOf = (value: unknown): string => (value === undefined || value === null ? '' : String(value));
const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const same = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((item, index) => item === right[index]);

/** Texts that are never absent are sent as they are; of the others an empty one means "not said". */
const emptied = (name: FieldName): string | null => (name === 'title' || name === 'description' ? '' : null);

const onText =
  ({ name }: FieldSpec, form: FormAccess) =>
  (event: Event) => {
    const { value } = event.currentTarget as HTMLInputElement;
    form.set(name, value === '' ? emptied(name) : value);
  };

const text: Control = (spec, form) => html`<vaadin-text-field
  class=${spec.full ? 'full' : ''}
  data-field=${spec.name}
  label=${spec.label}
  helper-text=${spec.help ?? ''}
  manual-validation
  ?required=${spec.required}
  ?invalid=${form.error(spec.name) !== ''}
  .errorMessage=${form.error(spec.name)}
  .value=${textOf(form.get(spec.name))}
  @input=${onText(spec, form)}
></vaadin-text-field>`;

const area: Control = (spec, form) => html`<vaadin-text-area
  class=${spec.full ? 'full' : ''}
  data-field=${spec.name}
  label=${spec.label}
  helper-text=${spec.help ?? ''}
  min-rows=${spec.name === 'description' ? '8' : '2'}
  manual-validation
  ?invalid=${form.error(spec.name) !== ''}
  .errorMessage=${form.error(spec.name)}
  .value=${textOf(form.get(spec.name))}
  @input=${onText(spec, form)}
></vaadin-text-area>`;

/** One entry a line. Empty lines stay while somebody types; the server drops them. */
const lines: Control = (spec, form) => html`<vaadin-text-area
  class=${spec.full ? 'full' : ''}
  data-field=${spec.name}
  label=${spec.label}
  helper-text=${spec.help ?? 'One entry a line.'}
  min-rows="3"
  manual-validation
  ?invalid=${form.error(spec.name) !== ''}
  .errorMessage=${form.error(spec.name)}
  .value=${listOf(form.get(spec.name)).join('\n')}
  @input=${(event: Event) => {
    const { value } = event.currentTarget as HTMLInputElement;
    form.set(spec.name, value === '' ? [] : value.split('\n'));
  }}
></vaadin-text-area>`;

const tags: Control = (spec, form) => {
  const chosen = listOf(form.get(spec.name));
  return html`<vaadin-multi-select-combo-box
    class=${spec.full ? 'full' : ''}
    data-field=${spec.name}
    label=${spec.label}
    helper-text=${spec.help ?? ''}
    allow-custom-value
    auto-open-disabled
    manual-validation
    ?invalid=${form.error(spec.name) !== ''}
    .errorMessage=${form.error(spec.name)}
    .items=${chosen}
    .selectedItems=${chosen}
    @custom-value-set=${(event: CustomEvent<string>) => {
      const tag = event.detail.trim();
      if (tag !== '' && !chosen.includes(tag)) form.set(spec.name, [...chosen, tag]);
    }}
    @selected-items-changed=${(event: CustomEvent<{ value: string[] }>) => {
      if (!same(event.detail.value, chosen)) form.set(spec.name, event.detail.value);
    }}
  ></vaadin-multi-select-combo-box>`;
};

const integer: Control = (spec, form) => html`<vaadin-integer-field
  data-field=${spec.name}
  label=${spec.label}
  helper-text=${spec.help ?? ''}
  manual-validation
  ?invalid=${form.error(spec.name) !== ''}
  .errorMessage=${form.error(spec.name)}
  .value=${textOf(form.get(spec.name))}
  @input=${(event: Event) => {
    const { value } = event.currentTarget as HTMLInputElement;
    form.set(spec.name, value === '' ? null : Number(value));
  }}
></vaadin-integer-field>`;

/** Entered in the currency, kept in its minor units. */
const money: Control = (spec, form) => {
  const scale = 10 ** decimals(textOf(form.get('salaryCurrency')) || 'USD');
  const minor = form.get(spec.name);
  return html`<vaadin-number-field
    data-field=${spec.name}
    label=${spec.label}
    helper-text=${spec.help ?? ''}
    min="0"
    step=${1 / scale}
    manual-validation
    ?invalid=${form.error(spec.name) !== ''}
    .errorMessage=${form.error(spec.name)}
    .value=${typeof minor === 'number' ? String(minor / scale) : ''}
    @change=${(event: Event) => {
      const { value } = event.currentTarget as HTMLInputElement;
      form.set(spec.name, value === '' ? null : Math.round(Number(value) * scale));
    }}
  ></vaadin-number-field>`;
};

const select: Control = (spec, form) => {
  const choices = Object.entries(spec.options ?? {}).map(([value, label]) => ({ value, label }));
  const current = textOf(form.get(spec.name));
  return html`<vaadin-select
    data-field=${spec.name}
    label=${spec.label}
    helper-text=${spec.help ?? ''}
    manual-validation
    ?invalid=${form.error(spec.name) !== ''}
    .errorMessage=${form.error(spec.name)}
    .items=${spec.required ? choices : [{ value: '', label: 'Not said' }, ...choices]}
    .value=${current}
    @value-changed=${(event: CustomEvent<{ value: string }>) => {
      if (event.detail.value !== current) form.set(spec.name, event.detail.value === '' ? null : event.detail.value);
    }}
  ></vaadin-select>`;
};

const date: Control = (spec, form) => {
  const current = textOf(form.get(spec.name));
  return html`<vaadin-date-picker
    .i18n=${dateWords}
    data-field=${spec.name}
    label=${spec.label}
    helper-text=${spec.help ?? ''}
    clear-button-visible
    manual-validation
    ?invalid=${form.error(spec.name) !== ''}
    .errorMessage=${form.error(spec.name)}
    .value=${current}
    @value-changed=${(event: CustomEvent<{ value: string }>) => {
      if (event.detail.value !== current) form.set(spec.name, event.detail.value === '' ? null : event.detail.value);
    }}
  ></vaadin-date-picker>`;
};

const choice =
  (choices: readonly Choice[]): Control =>
  (spec, form) => {
    const current = textOf(form.get(spec.name));
    return html`<vaadin-combo-box
      data-field=${spec.name}
      label=${spec.label}
      helper-text=${spec.help ?? ''}
      clear-button-visible
      manual-validation
      ?invalid=${form.error(spec.name) !== ''}
      .errorMessage=${form.error(spec.name)}
      .items=${choices}
      .value=${current}
      @value-changed=${(event: CustomEvent<{ value: string }>) => {
        if (event.detail.value !== current) form.set(spec.name, event.detail.value === '' ? null : event.detail.value);
      }}
    ></vaadin-combo-box>`;
  };

const countries: Control = (spec, form) => {
  const codes = listOf(form.get(spec.name));
  const chosen = COUNTRIES.filter(({ value }) => codes.includes(value));
  return html`<vaadin-multi-select-combo-box
    class=${spec.full ? 'full' : ''}
    data-field=${spec.name}
    label=${spec.label}
    helper-text=${spec.help ?? ''}
    item-id-path="value"
    manual-validation
    ?invalid=${form.error(spec.name) !== ''}
    .errorMessage=${form.error(spec.name)}
    .items=${COUNTRIES}
    .selectedItems=${chosen}
    @selected-items-changed=${(event: CustomEvent<{ value: Choice[] }>) => {
      const next = event.detail.value.map(({ value }) => value);
      if (!same(next.toSorted(), chosen.map(({ value }) => value).toSorted())) form.set(spec.name, next);
    }}
  ></vaadin-multi-select-combo-box>`;
};

const flag: Control = (spec, form) => html`<vaadin-checkbox
  data-field=${spec.name}
  label=${spec.label}
  .checked=${form.get(spec.name) === true}
  @change=${(event: Event) => form.set(spec.name, (event.currentTarget as HTMLInputElement).checked)}
></vaadin-checkbox>`;

const CONTROLS: Record<FieldSpec['kind'], Control> = {
  text,
  area,
  lines,
  tags,
  integer,
  money,
  select,
  date,
  country: choice(COUNTRIES),
  currency: choice(CURRENCIES),
  countries,
  flag,
};

/** The control of one field with its value and the server's message. */
export function fieldControl(spec: FieldSpec, form: FormAccess): TemplateResult {
  return CONTROLS[spec.kind](spec, form);
}
