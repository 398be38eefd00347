import { pageStyles } from '@bazaar/sdk/ui';
import { css, html, LitElement, type PropertyValues } from 'lit';
import { controlOf } from './controls.ts';
import { pruned, withDefaults } from './draft.ts';
import { fieldsOf } from './field.ts';
import { getAt, type Path, setAt, toPointer } from './pointer.ts';
import { resolveReferences } from './references.ts';
import { effective, type Schema } from './schema.ts';
import type { FormAccess } from './value-controls.ts';

/**
 * A form for a JSON Schema. `values` is what is stored; `value` is what to send. Fires `edited` on every change.
 * The server's messages are shown at their fields by JSON pointer.
 */
export class SettingsForm extends LitElement {
  static override properties = {
    schema: { attribute: false },
    values: { attribute: false },
    secrets: { attribute: false },
    errors: { attribute: false },
    disabled: { type: Boolean },
    draft: { state: true },
  };

  static override styles = [
    pageStyles,
    css`
      fieldset {
        display: grid;
        gap: var(--bz-space-4);
        margin: 0;
        padding: var(--bz-space-4);
        min-width: 0;
        border: 1px solid var(--bz-border);
        border-radius: var(--bz-radius-m);
      }
      legend {
        padding-inline: var(--bz-space-2);
        font-weight: 600;
      }
      .item {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: var(--bz-space-2);
        align-items: start;
      }
      .message {
        color: var(--bz-danger);
        font-size: var(--bz-text-s);
      }
      vaadin-text-field,
      vaadin-email-field,
      vaadin-password-field,
      vaadin-text-area,
      vaadin-select,
      vaadin-multi-select-combo-box {
        width: min(100%, 32rem);
      }
      vaadin-integer-field,
      vaadin-number-field,
      vaadin-date-picker {
        width: min(100%, 14rem);
      }
      .item > :first-child {
        width: auto;
      }
      .item > vaadin-button {
        margin-block-start: 1.625rem;
      }
    `,
  ];

  declare schema: Schema;
  declare values: unknown;
  /** Pointers of the secrets for which a value is stored. */
  declare secrets: readonly string[];
  declare errors: ReadonlyMap<string, string>;
  declare disabled: boolean;
  declare draft: unknown;

  #whole: Schema = {};

  /** Texts of JSON fields that do not parse yet, by pointer. */
  readonly #broken = new Map<string, string>();

  constructor() {
    super();
    this.schema = {};
    this.values = {};
    this.secrets = [];
    this.errors = new Map();
    this.disabled = false;
    this.draft = {};
  }

  /** What to send. */
  get value(): unknown {
    return pruned(this.#whole, this.draft) ?? {};
  }

  /** Pointers of fields whose text is no JSON: they cannot be sent. */
  get broken(): readonly string[] {
    return [...this.#broken.keys()];
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('schema') && !changed.has('values')) return;
    this.#broken.clear();
    this.#whole = resolveReferences(this.schema);
    this.draft = withDefaults(this.#whole, this.values ?? {}) ?? {};
  }

  /** Moves the focus to the first field that the server refused. */
  async focusError(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[invalid]')?.focus();
  }

  #set(path: Path, value: unknown): void {
    this.#broken.delete(toPointer(path));
    this.draft = setAt(this.draft, path, value);
    this.dispatchEvent(new CustomEvent('edited'));
  }

  #setJson(path: Path, text: string): void {
    const pointer = toPointer(path);
    try {
      this.#set(path, text.trim() === '' ? undefined : JSON.parse(text));
    } catch {
      // Half-written: kept as text until it parses.
      this.#broken.set(pointer, text);
      this.requestUpdate();
      this.dispatchEvent(new CustomEvent('edited'));
    }
  }

  override render() {
    const access: FormAccess = {
      get: (path) => getAt(this.draft, path),
      set: (path, value) => this.#set(path, value),
      setJson: (path, text) => this.#setJson(path, text),
      brokenText: (path) => this.#broken.get(toPointer(path)),
      error: (path) => this.errors.get(toPointer(path)) ?? '',
      hasSecret: (path) => this.secrets.includes(toPointer(path)),
      disabled: this.disabled,
    };
    const fields = fieldsOf(effective(this.#whole, this.draft), []);
    return html`<div class="stack">${fields.map((field) => controlOf(field, access))}</div>`;
  }
}

customElements.define('bz-settings-form', SettingsForm);
