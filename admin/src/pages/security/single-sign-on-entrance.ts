import { html } from 'lit';
import { EntrancePage } from '../entrance/entrance-page.ts';

const FAILURES: Record<string, string> = {
  'not-configured': 'There is no single sign-on under this name.',
  'provider-unavailable': "Your company's identity provider cannot be reached at the moment.",
  'provider-refused': "Your company's identity provider did not let you in.",
  'provider-answer': "The answer of your company's identity provider could not be trusted.",
  'flow-ended': 'This took too long, or was begun in another window. Start again.',
  'email-missing': "Your company's identity provider does not tell your e-mail address.",
  'email-unverified': "Your company's identity provider has not checked your e-mail address.",
  'domain-unverified': 'Your e-mail address is not of a domain of this workspace.',
  'not-a-member': 'You are not a member of this workspace. Ask for an invitation.',
  'seats-exhausted': 'All seats of this workspace are taken. Ask its administrator for one.',
  'role-missing': 'This workspace has no role for newcomers. Tell its administrator.',
  owner: 'Owners sign in with their own password or passkey.',
  'account-inactive': 'Your access to this workspace has been suspended.',
  'tenant-suspended': 'This workspace has been suspended by the operator of the platform.',
};

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
    if (failed !== null) this.message = FAILURES[failed] ?? 'You could not be signed in.';
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
