import '@vaadin/dialog';
import { formErrors, problemMessage, UiProblem } from '@bazaar/sdk/ui';
import { dialogFooterRenderer, dialogRenderer } from '@vaadin/dialog/lit.js';
import type { TextField } from '@vaadin/text-field';
import { html } from 'lit';
import { AppElement } from '../app/app-element.ts';
import { submitOnEnter } from '../pages/entrance.ts';
import { type SecondFactorChallenge, SecondFactorRequired } from '../session/second-factor.ts';
import type { Offer } from '../session/tokens.ts';

/** From one workspace into another: one of the person's, which may ask for more proof, or a new one. */
export class WorkspaceMoves extends AppElement {
  static override properties = {
    ...AppElement.properties,
    name: { state: true },
    busy: { state: true },
    failure: { state: true },
    challenge: { state: true },
  };

  /** What a new workspace is to be called; `null` while nobody makes one. */
  declare name: string | null;
  declare busy: boolean;
  declare failure: unknown;
  /** Held while a workspace asks for a second factor. */
  declare challenge: SecondFactorChallenge | null;

  constructor() {
    super();
    this.name = null;
    this.busy = false;
    this.failure = null;
    this.challenge = null;
  }

  askForName(): void {
    this.name = '';
    this.failure = null;
  }

  /** Goes on in another workspace: what is open here belongs to this one, so it starts at its home. */
  async switchTo(slug: string): Promise<void> {
    try {
      await this.app.session.switchTo(slug);
      this.app.router.navigate('/');
    } catch (error) {
      await this.#refused(error);
    }
  }

  async #refused(error: unknown): Promise<void> {
    if (error instanceof SecondFactorRequired) {
      await import('../pages/security/second-factor-step.ts');
      this.challenge = error.challenge;
      return;
    }
    const action = error instanceof UiProblem ? error.action : undefined;
    if (!action) {
      this.app.notify(problemMessage(error), 'error');
      return;
    }
    const question = { title: 'There is another way in', message: problemMessage(error), confirm: action.label };
    if (await this.app.confirm(question)) window.location.assign(action.href);
  }

  #proven(offer: Offer): void {
    this.challenge = null;
    this.app.session.adopt(offer);
    this.app.router.navigate('/');
  }

  async #make(): Promise<void> {
    const { name } = this;
    if (this.busy || name === null || name.trim() === '') return;
    this.busy = true;
    this.failure = null;
    try {
      const body = { tenantName: name };
      const { slug } = await this.app.api.json<{ slug: string }>('POST', '/api/tenants', { body });
      this.name = null;
      this.app.notify(`${name.trim()} is ready. You own it.`, 'success');
      await this.switchTo(slug);
    } catch (error) {
      this.failure = error;
    } finally {
      this.busy = false;
    }
  }

  override render() {
    return html`${this.#newWorkspace()} ${this.#secondFactor()}`;
  }

  #newWorkspace() {
    const close = () => {
      this.name = null;
    };
    return html`<vaadin-dialog
      no-close-on-outside-click
      header-title="New workspace"
      width="26rem"
      .opened=${this.name !== null}
      @closed=${close}
      ${dialogRenderer(() => this.#question(), [this.name, this.failure])}
      ${dialogFooterRenderer(
        () => html`
          <vaadin-button @click=${close}>Cancel</vaadin-button>
          <vaadin-button
            theme="primary"
            ?disabled=${this.busy || !this.name?.trim()}
            @click=${() => void this.#make()}
          >
            ${this.busy ? 'One moment…' : 'Make it'}
          </vaadin-button>
        `,
        [this.name, this.busy],
      )}
    ></vaadin-dialog>`;
  }

  #question() {
    const { failure } = this;
    const action = failure instanceof UiProblem ? failure.action : undefined;
    const message = failure === null ? '' : (formErrors(failure).get('/tenantName') ?? problemMessage(failure));
    return html`<div style="display: grid; gap: var(--bz-space-4)" @keydown=${submitOnEnter(() => void this.#make())}>
      <p style="margin: 0">It has its own people, plugins and data, and begins empty. You own it.</p>
      <vaadin-text-field
        autofocus
        label="Name"
        placeholder="For example, your company"
        maxlength="120"
        manual-validation
        .value=${this.name ?? ''}
        ?invalid=${message !== ''}
        .errorMessage=${message}
        @input=${(event: Event) => {
          this.name = (event.currentTarget as TextField).value;
        }}
      ></vaadin-text-field>
      ${action ? html`<a href=${action.href}>${action.label}</a>` : ''}
    </div>`;
  }

  #secondFactor() {
    const close = () => {
      this.challenge = null;
    };
    return html`<vaadin-dialog
      no-close-on-outside-click
      aria-label="Second factor"
      width="24rem"
      .opened=${this.challenge !== null}
      @closed=${close}
      ${dialogRenderer(
        () =>
          this.challenge &&
          html`<bz-second-factor-step
          .app=${this.app}
          .challenge=${this.challenge}
          .proven=${(offer: Offer) => this.#proven(offer)}
          .given=${close}
          .givenLabel=${'Stay here'}
        ></bz-second-factor-step>`,
        [this.challenge],
      )}
    ></vaadin-dialog>`;
  }
}

customElements.define('bz-workspace-moves', WorkspaceMoves);
