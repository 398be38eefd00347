import { html } from 'lit';
import { EntrancePage } from './entrance-page.ts';
import { PASSWORD_HELP, passwordField } from './fields.ts';

/** Takes a new password from who came by the mailed link. */
class ResetPassword extends EntrancePage {
  static override properties = { ...EntrancePage.properties, password: { state: true }, done: { state: true } };

  declare password: string;
  declare done: boolean;

  protected override readonly heading = 'New password';

  constructor() {
    super();
    this.password = '';
    this.done = false;
  }

  #submit(): void {
    void this.attempt(async () => {
      const body = { token: this.token, password: this.password };
      await this.app.api.json('POST', '/api/auth/reset-password', { body });
      this.done = true;
    });
  }

  protected override content() {
    if (this.done) {
      return html`
        <div>
          <h1>Your password is changed</h1>
          <p class="subtitle">Wherever you were signed in, you are asked for the new one.</p>
        </div>
        <a href="/sign-in">Sign in</a>
      `;
    }
    const problem = this.tokenProblem;
    if (problem !== undefined) return this.ended(problem, { label: 'Ask for a new link', href: '/forgot-password' });
    return html`
      <div>
        <h1>Choose a new password</h1>
        <p class="subtitle">All your other sessions end.</p>
      </div>
      ${this.form(
        html`${passwordField({
          label: 'New password',
          value: this.password,
          error: this.errors.get('/password'),
          autocomplete: 'new-password',
          help: PASSWORD_HELP,
          changed: (value) => {
            this.password = value;
          },
        })}`,
        'Change the password',
        () => this.#submit(),
      )}
      <a href="/forgot-password">Ask for another link</a>
    `;
  }
}

customElements.define('bz-reset-password', ResetPassword);
