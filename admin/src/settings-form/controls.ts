import type { MultiSelectComboBox } from '@vaadin/multi-select-combo-box';
import type { Select } from '@vaadin/select';
import { html, nothing, type TemplateResult } from 'lit';
import { emptyItem } from './draft.ts';
import { type Field, fieldsOf, type Option, toField } from './field.ts';
import { toPointer } from './pointer.ts';
import { effective } from './schema.ts';
import {
  boolean,
  type Control,
  date,
  email,
  type FormAccess,
  integer,
  multiline,
  number,
  secret,
  text,
} from './value-controls.ts';

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
