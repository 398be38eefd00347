import { html } from 'lit';
import { EntrancePage } from './entrance-page.ts';

/** One of two addresses agrees that an account moves from one to the other. */
class ConfirmEmail extends EntrancePage {
  static override properties = { ...EntrancePage.properties, outcome: { state: true } };

  declare outcome: 'waiting' | 'changed' | null;

  protected override readonly heading = 'New address';

  constructor() {
    super();
    this.outcome = null;
  }

  #agree(): void {
    void this.attempt(async () => {
      const body = { token: this.token };
      const { state } = await this.app.api.json<{ state: 'waiting' | 'changed' }>('POST', '/api/auth/confirm-email', {
        body,
      });
      this.outcome = state;
    });
  }

  protected override content() {
    if (this.outcome === 'changed') {
      return html`
        <div>
          <h1>Your address is changed</h1>
          <p class="subtitle">From now on you sign in with the new one.</p>
        </div>
        <a href="/">Go to your workspace</a>
      `;
    }
    if (this.outcome === 'waiting') {
      return html`
        <div>
          <h1>Thank you</h1>
          <p class="subtitle">Now the other address has to agree: open the e-mail that went there.</p>
        </div>
        <a href="/">Go to your workspace</a>
      `;
    }
    const problem = this.tokenProblem;
    if (problem !== undefined) return this.ended(problem, { label: 'Ask for the change again', href: '/account' });
    return html`
      <div>
        <h1>Change the address of your account?</h1>
        <p class="subtitle">It changes when both the old and the new address have agreed.</p>
      </div>
      ${this.form(html``, 'Agree', () => this.#agree())}
    `;
  }
}

customElements.define('bz-confirm-email', ConfirmEmail);
