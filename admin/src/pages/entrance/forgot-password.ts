import { html } from 'lit';
import { EntrancePage } from './entrance-page.ts';
import { emailField } from './fields.ts';

/** Asks for a link to choose a new password. Says the same whether there is such an account or not. */
class ForgotPassword extends EntrancePage {
  static override properties = { ...EntrancePage.properties, email: { state: true }, sent: { state: true } };

  declare email: string;
  declare sent: boolean;

  protected override readonly heading = 'Forgotten password';

  constructor() {
    super();
    this.email = '';
    this.sent = false;
  }

  #submit(): void {
    void this.attempt(async () => {
      await this.app.api.json('POST', '/api/auth/forgot-password', { body: { email: this.email } });
      this.sent = true;
    });
  }

  protected override content() {
    if (this.sent) {
      return html`
        <div>
          <h1>Look into your mailbox</h1>
          <p class="subtitle">
            If ${this.email} belongs to an account, a link to choose a new password is on its way. It is good for an
            hour.
          </p>
        </div>
        <a href="/sign-in">Back to sign-in</a>
      `;
    }
    const email = emailField({
      value: this.email,
      error: this.errors.get('/email'),
      changed: (value) => {
        this.email = value;
      },
    });
    return html`
      <div>
        <h1>Forgot your password?</h1>
        <p class="subtitle">Say which account it is for, and we mail you a link to choose a new one.</p>
      </div>
      ${this.form(html`${email}`, 'Send the link', () => this.#submit())}
      <a href="/sign-in">Back to sign-in</a>
    `;
  }
}

customElements.define('bz-forgot-password', ForgotPassword);
