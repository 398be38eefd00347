import { html, nothing } from 'lit';
import { EntrancePage } from './entrance-page.ts';
import { emailField, PASSWORD_HELP, passwordField, textField } from './fields.ts';
import { browserLocale } from './locale.ts';

interface Answers {
  tenantName: string;
  name: string;
  email: string;
  password: string;
}

/** Asks for an account with a workspace of its own; the address has to be confirmed by mail. */
class SignUp extends EntrancePage {
  static override properties = { ...EntrancePage.properties, answers: { state: true }, sent: { state: true } };

  declare answers: Answers;
  /** A letter is on its way; `again` after another one was asked for. */
  declare sent: 'no' | 'once' | 'again';

  protected override readonly heading = 'Sign up';

  constructor() {
    super();
    this.answers = { tenantName: '', name: '', email: '', password: '' };
    this.sent = 'no';
  }

  #submit(): void {
    void this.attempt(async () => {
      await this.app.api.json('POST', '/api/auth/sign-up', { body: { ...this.answers, locale: browserLocale() } });
      this.sent = 'once';
    });
  }

  #again(): void {
    void this.attempt(async () => {
      await this.app.api.json('POST', '/api/auth/verify-email/resend', { body: { email: this.answers.email } });
      this.sent = 'again';
    });
  }

  #field(name: keyof Answers) {
    return {
      value: this.answers[name],
      error: this.errors.get(`/${name}`),
      changed: (value: string) => {
        this.answers = { ...this.answers, [name]: value };
      },
    };
  }

  protected override content() {
    if (this.sent !== 'no') return this.#waiting();
    return html`
      <div>
        <h1>Start your workspace</h1>
        <p class="subtitle">You become its owner and invite the others later.</p>
      </div>
      ${this.form(
        html`
          ${textField({ ...this.#field('tenantName'), label: 'Organisation', autocomplete: 'organization' })}
          ${textField({ ...this.#field('name'), label: 'Your name', autocomplete: 'name' })}
          ${emailField(this.#field('email'))}
          ${passwordField({ ...this.#field('password'), autocomplete: 'new-password', help: PASSWORD_HELP })}
        `,
        'Create workspace',
        () => this.#submit(),
      )}
      <p>You have an account? <a href="/sign-in">Sign in</a></p>
    `;
  }

  #waiting() {
    return html`
      <div>
        <h1>Look into your mailbox</h1>
        <p class="subtitle">
          We have written to ${this.answers.email}. Open the link in the letter and give your password once more: then
          ${this.answers.tenantName} is ready.
        </p>
      </div>
      ${
        this.message === null
          ? nothing
          : html`<p class="banner danger" role="alert">
              <bazaar-icon name="circle-alert"></bazaar-icon>${this.message}
            </p>`
      }
      ${
        this.sent === 'again'
          ? html`<p class="banner success" role="status">
              <bazaar-icon name="circle-check"></bazaar-icon>Sent again. Only the newest e-mail counts.
            </p>`
          : nothing
      }
      <div class="actions">
        <vaadin-button ?disabled=${this.busy} @click=${() => this.#again()}>Send it again</vaadin-button>
        <a href="/sign-in">Back to sign-in</a>
      </div>
    `;
  }
}

customElements.define('bz-sign-up', SignUp);
