import '../../settings-form/settings-form.ts';
import { formErrors, problemMessage } from '@bazaar/sdk/ui';
import { html, nothing } from 'lit';
import type { SettingsDocument } from '../../api/types.ts';
import { AppElement } from '../../app/app-element.ts';
import { UnsavedWork } from '../../leaving/unsaved-work.ts';
import type { SettingsForm } from '../../settings-form/settings-form.ts';
import { failureState, loadingState } from '../../shell/states.ts';
import { Reading } from '../reading.ts';

/** A plugin's settings in this tenant. */
class SettingsTab extends AppElement {
  static override properties = {
    ...AppElement.properties,
    plugin: { attribute: false },
    busy: { state: true },
    edited: { state: true },
    errors: { state: true },
    message: { state: true },
  };

  declare plugin: string;
  declare busy: boolean;
  declare edited: boolean;
  declare errors: ReadonlyMap<string, string>;
  declare message: string | null;

  readonly #settings = new Reading(this, () => this.app.api.json<SettingsDocument>('GET', this.#path));

  constructor() {
    super();
    this.busy = false;
    this.edited = false;
    this.errors = new Map();
    this.message = null;
    new UnsavedWork(this, () => this.edited);
  }

  get #path(): string {
    return `/api/plugins/${encodeURIComponent(this.plugin)}/settings`;
  }

  get #form(): SettingsForm | null {
    return this.renderRoot.querySelector('bz-settings-form');
  }

  async #save(revision: string): Promise<void> {
    const form = this.#form;
    if (!form) return;
    if (form.broken.length > 0) {
      await form.focusError();
      return;
    }
    this.busy = true;
    this.message = null;
    this.errors = new Map();
    try {
      await this.app.api.json('PUT', this.#path, { body: { values: form.value, revision } });
      this.edited = false;
      this.app.notify('Settings saved.', 'success');
      await this.#settings.run();
    } catch (error) {
      this.errors = this.#atFields(formErrors(error));
      this.message = problemMessage(error);
      await form.focusError();
    } finally {
      this.busy = false;
    }
  }

  /** The server speaks of its own input, in which the settings are the property `values`. */
  #atFields(errors: ReadonlyMap<string, string>): Map<string, string> {
    return new Map([...errors].map(([pointer, message]) => [pointer.replace(/^\/values(?=\/|$)/, ''), message]));
  }

  override render() {
    const { value, failure } = this.#settings;
    if (!value) return failure === null ? loadingState('settings') : failureState(failure, () => this.#settings.run());
    return html`<div class="stack">
      ${
        this.message === null
          ? nothing
          : html`<p class="banner danger" role="alert">
              <bazaar-icon name="circle-alert"></bazaar-icon>${this.message}
            </p>`
      }
      ${
        value.secretsReadable
          ? nothing
          : html`<p class="banner warning">
              <bazaar-icon name="key-round"></bazaar-icon>The stored secrets cannot be opened any more. Enter them again.
            </p>`
      }
      <bz-settings-form
        .schema=${value.schema}
        .values=${value.values}
        .secrets=${value.secretsReadable ? value.secretsSet : []}
        .errors=${this.errors}
        ?disabled=${this.busy}
        @edited=${() => {
          this.edited = true;
        }}
      ></bz-settings-form>
      ${this.#actions(value.revision)}
    </div>`;
  }

  #actions(revision: string) {
    return html`<div class="actions">
      <vaadin-button theme="primary" ?disabled=${this.busy || !this.edited} @click=${() => this.#save(revision)}>
        ${this.busy ? 'Saving…' : 'Save settings'}
      </vaadin-button>
      <vaadin-button
        theme="tertiary"
        ?disabled=${this.busy || !this.edited}
        @click=${() => {
          this.edited = false;
          this.errors = new Map();
          this.message = null;
          void this.#settings.run();
        }}
      >
        Discard changes
      </vaadin-button>
    </div>`;
  }
}

customElements.define('bz-plugin-settings', SettingsTab);
