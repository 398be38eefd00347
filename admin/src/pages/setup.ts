import { formErrors, pageStyles, problemMessage } from '@bazaar/sdk/ui';
import { html, nothing } from 'lit';
import { AppElement } from '../app/app-element.ts';
import type { Tokens } from '../session/tokens.ts';
import { brandMark } from '../shell/brand.ts';
import { brandPanel, submitOnEnter } from './entrance.ts';
import { entranceStyles } from './entrance-styles.ts';

interface Answers {
  tenantName: string;
  name: string;
  email: string;
  password: string;
}

/** What the server would refuse anyway, said without asking it. Pointer → message. */
export function missingAnswers({ tenantName, name, email, password }: Answers): Map<string, string> {
  const missing = new Map<string, string>();
  if (tenantName.trim() === '') missing.set('/tenantName', 'Name your organisation.');
  if (name.trim() === '') missing.set('/name', 'Say who you are.');
  if (!/^\S+@\S+$/.test(email)) missing.set('/email', 'Give an e-mail address.');
  if (password.length < 10) missing.set('/password', 'At least 10 characters.');
  return missing;
}

/** For the very first visitor: makes the first workspace and its owner. */
class SetUp extends AppElement {
  static override properties = {
    ...AppElement.properties,
    answers: { state: true },
    busy: { state: true },
    errors: { state: true },
    message: { state: true },
  };

  static override styles = [pageStyles, entranceStyles];

  declare answers: Answers;
  declare busy: boolean;
  declare errors: ReadonlyMap<string, string>;
  declare message: string | null;

  constructor() {
    super();
    this.answers = { tenantName: '', name: '', email: '', password: '' };
    this.busy = false;
    this.errors = new Map();
    this.message = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = 'Set up – Bazaar';
  }

  async #submit(): Promise<void> {
    if (this.busy) return;
    this.message = null;
    this.errors = missingAnswers(this.answers);
    if (this.errors.size > 0) {
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('[invalid]')?.focus();
      return;
    }
    this.busy = true;
    try {
      const tokens = await this.app.api.json<Tokens>('POST', '/api/setup', { body: this.answers });
      this.app.session.adopt(tokens);
      this.dispatchEvent(new CustomEvent('done'));
    } catch (error) {
      this.errors = formErrors(error);
      if (this.errors.size === 0) this.message = problemMessage(error);
    } finally {
      this.busy = false;
    }
  }

  #bind(field: keyof Answers) {
    return (event: Event) => {
      this.answers = { ...this.answers, [field]: (event.currentTarget as HTMLInputElement).value };
    };
  }

  override render() {
    const { answers, errors } = this;
    const error = (field: keyof Answers) => errors.get(`/${field}`) ?? '';
    return html`
      <main>
        <div class="panel wide">
          <div class="brand">${brandMark(32)} Bazaar</div>
          <div>
            <h1>Set up your workspace</h1>
            <p class="subtitle">You are the first here. You become the owner; others are invited later.</p>
          </div>
          ${
            this.message === null
              ? nothing
              : html`<p class="banner danger" role="alert">
                  <bazaar-icon name="circle-alert"></bazaar-icon>${this.message}
                </p>`
          }
          <form
            @submit=${(event: Event) => event.preventDefault()}
            @keydown=${submitOnEnter(() => void this.#submit())}
          >
            <vaadin-text-field
              label="Organisation"
              required
              manual-validation
              autocomplete="organization"
              .value=${answers.tenantName}
              ?invalid=${error('tenantName') !== ''}
              .errorMessage=${error('tenantName')}
              @input=${this.#bind('tenantName')}
            ></vaadin-text-field>
            <vaadin-text-field
              label="Your name"
              required
              manual-validation
              autocomplete="name"
              .value=${answers.name}
              ?invalid=${error('name') !== ''}
              .errorMessage=${error('name')}
              @input=${this.#bind('name')}
            ></vaadin-text-field>
            <vaadin-email-field
              label="E-mail"
              required
              manual-validation
              autocomplete="username"
              .value=${answers.email}
              ?invalid=${error('email') !== ''}
              .errorMessage=${error('email')}
              @input=${this.#bind('email')}
            ></vaadin-email-field>
            <vaadin-password-field
              label="Password"
              required
              manual-validation
              autocomplete="new-password"
              helper-text="At least 10 characters; a short sentence is best."
              .value=${answers.password}
              ?invalid=${error('password') !== ''}
              .errorMessage=${error('password')}
              @input=${this.#bind('password')}
            ></vaadin-password-field>
            <vaadin-button class="submit" theme="primary" ?disabled=${this.busy} @click=${() => this.#submit()}>
              ${this.busy ? 'Setting up…' : 'Create workspace'}
            </vaadin-button>
          </form>
        </div>
      </main>
      ${brandPanel}
    `;
  }
}

customElements.define('bz-setup', SetUp);
