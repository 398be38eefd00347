import { html, nothing } from 'lit';
import type { Tokens } from '../../session/tokens.ts';
import { EntrancePage } from './entrance-page.ts';
import { emailField, passwordField } from './fields.ts';

/** Confirms a sign-up by its link and the password; without a link it offers to send another one. */
class VerifyEmail extends EntrancePage {
  static override properties = {
    ...EntrancePage.properties,
    password: { state: true },
    email: { state: true },
    sent: { state: true },
  };

  declare password: string;
  declare email: string;
  declare sent: boolean;

  protected override readonly heading = 'Confirm your address';

  constructor() {
    super();
    this.password = '';
    this.email = '';
    this.sent = false;
  }

  #confirm(): void {
    void this.attempt(async () => {
      const body = { token: this.token, password: this.password };
      const tokens = await this.app.api.json<Tokens>('POST', '/api/auth/verify-email', { body });
      this.app.session.adopt(tokens);
      this.app.router.navigate('/', { replace: true });
    });
  }

  #send(): void {
    void this.attempt(async () => {
      await this.app.api.json('POST', '/api/auth/verify-email/resend', { body: { email: this.email } });
      this.sent = true;
    });
  }

  protected override content() {
    if (this.token === '') return this.#withoutLink();
    return html`
      <div>
        <h1>Confirm your address</h1>
        <p class="subtitle">Give the password you signed up with, and your workspace is ready.</p>
      </div>
      ${this.#ended()}
      ${this.form(
        html`${passwordField({
          value: this.password,
          error: this.errors.get('/password'),
          changed: (value) => {
            this.password = value;
          },
        })}`,
        'Confirm and sign in',
        () => this.#confirm(),
      )}
      <a href="/sign-up">Sign up again</a>
    `;
  }

  #ended() {
    const message = this.errors.get('/token');
    if (message === undefined) return nothing;
    return html`<p class="banner danger" role="alert">
      <bazaar-icon name="circle-alert"></bazaar-icon>${message}
    </p>`;
  }

  #withoutLink() {
    return html`
      <div>
        <h1>Confirm your address</h1>
        <p class="subtitle">
          ${
            this.sent
              ? html`If ${this.email} waits to be confirmed, another e-mail is on its way.`
              : 'Open the link that we have mailed you. Has it not come? We send another one.'
          }
        </p>
      </div>
      ${this.form(
        html`${emailField({
          value: this.email,
          error: this.errors.get('/email'),
          changed: (value) => {
            this.email = value;
          },
        })}`,
        'Send the link again',
        () => this.#send(),
      )}
      <a href="/sign-in">Back to sign-in</a>
    `;
  }
}

customElements.define('bz-verify-email', VerifyEmail);
