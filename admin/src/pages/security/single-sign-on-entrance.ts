import { html } from 'lit';
import { EntrancePage } from '../entrance/entrance-page.ts';
import { SIGN_ON_FAILURES } from './sign-on-failures.ts';

/** Leads to the identity provider of a workspace; and tells why somebody who came from there was not let in. */
class SingleSignOnEntrance extends EntrancePage {
  static override properties = { ...EntrancePage.properties, workspace: { state: true } };

  declare workspace: string;

  protected override readonly heading = 'Single sign-on';

  constructor() {
    super();
    const query = new URLSearchParams(window.location.search);
    const failed = query.get('failed');
    this.workspace = query.get('tenant') ?? '';
    if (failed !== null) this.message = SIGN_ON_FAILURES[failed] ?? 'You could not be signed in.';
  }

  #submit(): void {
    const slug = this.workspace.trim().toLowerCase();
    if (slug !== '') window.location.assign(`/api/auth/oidc/${encodeURIComponent(slug)}/start`);
  }

  protected override content() {
    const field = html`<vaadin-text-field
      label="Workspace"
      helper-text="Its short name, for example acme-staffing."
      autocapitalize="none"
      required
      manual-validation
      .value=${this.workspace}
      @input=${(event: Event) => {
        this.workspace = (event.currentTarget as HTMLInputElement).value;
      }}
    ></vaadin-text-field>`;
    return html`
      <div>
        <h1>Single sign-on</h1>
        <p class="subtitle">Sign in with your company's account.</p>
      </div>
      ${this.form(field, 'Go to your company', () => this.#submit())}
      <a href="/sign-in">Sign in by password or passkey</a>
    `;
  }
}

customElements.define('bz-single-sign-on', SingleSignOnEntrance);
