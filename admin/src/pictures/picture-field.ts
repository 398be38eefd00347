import { pageStyles, problemMessage } from '@bazaar/sdk/ui';
import { css, html, nothing, type TemplateResult } from 'lit';
import { AppElement } from '../app/app-element.ts';
import { faceStyles } from './face.ts';
import type { Framing } from './part-of.ts';
import { PICTURE_TYPES, preparePicture, UnusablePicture } from './prepare-picture.ts';

/**
 * A picture of a person or a workspace, to be chosen, replaced and removed; what is chosen is kept at once. Fires
 * `picture-changed` afterwards.
 */
export class PictureField extends AppElement {
  static override properties = {
    ...AppElement.properties,
    label: {},
    hint: {},
    path: {},
    framing: {},
    isSet: { type: Boolean },
    shown: { attribute: false },
    busy: { state: true },
    failure: { state: true },
  };

  static override styles = [
    pageStyles,
    faceStyles,
    css`
      :host {
        --bz-face: 4.5rem;
        display: block;
      }
      .field {
        display: flex;
        flex-wrap: wrap;
        gap: var(--bz-space-3) var(--bz-space-4);
        align-items: center;
      }
      .beside {
        display: grid;
        flex: 1 1 14rem;
        gap: var(--bz-space-2);
      }
    `,
  ];

  /** What it is called, e.g. `picture`. */
  declare label: string;
  declare hint: string;
  /** Where it is put and deleted. */
  declare path: string;
  declare framing: Framing;
  declare isSet: boolean;
  /** What stands there now. */
  declare shown: TemplateResult;
  declare busy: boolean;
  /** Why it could not be changed, in words; empty when all is well. */
  declare failure: string;

  constructor() {
    super();
    this.label = 'picture';
    this.hint = '';
    this.path = '';
    this.framing = 'square';
    this.isSet = false;
    this.shown = html``;
    this.busy = false;
    this.failure = '';
  }

  async #change(work: () => Promise<unknown>, done: string): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.failure = '';
    try {
      await work();
      this.app.notify(done, 'success');
      this.dispatchEvent(new CustomEvent('picture-changed'));
      // It stands in the frame around this page.
      void this.app.shell.load();
    } catch (error) {
      this.failure = error instanceof UnusablePicture ? error.message : problemMessage(error);
    } finally {
      this.busy = false;
    }
  }

  #choose(): void {
    this.renderRoot.querySelector<HTMLInputElement>('input')?.click();
  }

  #chosen(input: HTMLInputElement): void {
    const [file] = input.files ?? [];
    // The same file may be chosen again.
    input.value = '';
    if (!file) return;
    void this.#change(async () => {
      const body = await preparePicture(file, this.framing);
      await this.app.api.json('PUT', this.path, { body });
    }, 'Saved.');
  }

  override render() {
    return html`<div class="field">
      ${this.shown}
      <div class="beside">
        <div class="actions">
          <vaadin-button theme="small" ?disabled=${this.busy} @click=${() => this.#choose()}>
            ${this.isSet ? 'Replace' : 'Choose'} ${this.label}
          </vaadin-button>
          ${
            this.isSet
              ? html`<vaadin-button
                  theme="small tertiary"
                  ?disabled=${this.busy}
                  @click=${() => void this.#change(() => this.app.api.json('DELETE', this.path), 'Removed.')}
                >
                  Remove ${this.label}
                </vaadin-button>`
              : nothing
          }
        </div>
        ${
          this.failure === ''
            ? html`<p class="small muted">${this.hint}</p>`
            : html`<p class="banner danger" role="alert">
                <bazaar-icon name="circle-alert"></bazaar-icon>${this.failure}
              </p>`
        }
      </div>
      <input
        type="file"
        hidden
        accept=${PICTURE_TYPES.join()}
        @change=${(event: Event) => this.#chosen(event.currentTarget as HTMLInputElement)}
      />
    </div>`;
  }
}

customElements.define('bz-picture-field', PictureField);
