import { html, nothing, type TemplateResult } from 'lit';
import { type SecondFactorChallenge, SecondFactorRequired } from '../../session/second-factor.ts';
import type { Offer, Tokens } from '../../session/tokens.ts';
import { EntrancePage } from './entrance-page.ts';
import { PASSWORD_HELP, passwordField, textField } from './fields.ts';
import { browserLocale } from './locale.ts';

interface Invitation {
  tenant: { slug: string; name: string };
  email: string;
  roles: string[];
  account: 'new' | 'existing';
  signedIn: boolean;
}

/** What an invitation offers, and the way in: a new account, or the one that the address has. */
class InvitationPage extends EntrancePage {
  static override properties = {
    ...EntrancePage.properties,
    invitation: { state: true },
    name: { state: true },
    password: { state: true },
    challenge: { state: true },
  };

  declare invitation: Invitation | null;
  declare name: string;
  declare password: string;
  /** Held while the workspace, which they have joined, asks for a second factor. */
  declare challenge: SecondFactorChallenge | null;

  protected override readonly heading = 'Invitation';

  constructor() {
    super();
    this.invitation = null;
    this.name = '';
    this.password = '';
    this.challenge = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.token === '') return;
    void this.attempt(async () => {
      const body = { token: this.token };
      this.invitation = await this.app.api.json<Invitation>('POST', '/api/auth/invitation', { body });
    });
  }

  #accept({ account, signedIn }: Invitation): void {
    void this.attempt(async () => {
      const given = signedIn ? {} : { password: this.password };
      const fresh = account === 'new' ? { name: this.name, locale: browserLocale() } : {};
      const body = { token: this.token, ...given, ...fresh };
      const { session, entrance } = this.app;
      try {
        // Sent once: what is accepted cannot be accepted again with a fresh token.
        const token = signedIn ? await session.token() : null;
        this.#enter(await entrance.prove<Tokens>('/api/auth/accept-invitation', body, token));
      } catch (error) {
        if (!(error instanceof SecondFactorRequired)) throw error;
        await import('../security/second-factor-step.ts');
        this.challenge = error.challenge;
      }
    });
  }

  #enter(tokens: Tokens): void {
    this.app.session.adopt(tokens);
    this.app.router.navigate('/', { replace: true });
  }

  protected override content() {
    const { invitation, challenge } = this;
    if (challenge) return this.#secondFactor(challenge);
    if (!invitation) return this.busy ? this.#reading() : this.#ended();
    const { tenant, email, roles } = invitation;
    return html`
      <div>
        <h1>Join ${tenant.name}</h1>
        <p class="subtitle">${email} is invited as ${roles.join(', ')}.</p>
      </div>
      ${this.form(this.#fields(invitation), `Join ${tenant.name}`, () => this.#accept(invitation))}
    `;
  }

  #secondFactor(challenge: SecondFactorChallenge) {
    return html`<bz-second-factor-step
      .app=${this.app}
      .challenge=${challenge}
      .proven=${(offer: Offer) => this.#enter(offer)}
      .given=${() => this.app.router.navigate('/', { replace: true })}
      .givenLabel=${'Later'}
    ></bz-second-factor-step>`;
  }

  #fields({ account, signedIn }: Invitation): TemplateResult {
    if (signedIn) return html`<p>You are signed in to this account.</p>`;
    const fresh = account === 'new';
    const password = passwordField({
      label: fresh ? 'Choose a password' : 'Your password',
      value: this.password,
      error: this.errors.get('/password'),
      autocomplete: fresh ? 'new-password' : 'current-password',
      help: fresh ? PASSWORD_HELP : 'Of the account that this address has already.',
      changed: (value) => {
        this.password = value;
      },
    });
    if (!fresh) return html`${password}<a href="/forgot-password">Forgot your password?</a>`;
    const name = textField({
      label: 'Your name',
      value: this.name,
      error: this.errors.get('/name'),
      autocomplete: 'name',
      changed: (value) => {
        this.name = value;
      },
    });
    return html`${name} ${password}`;
  }

  #reading() {
    return html`<div role="status" aria-label="Reading the invitation">
      <span class="skeleton title"></span><span class="skeleton block"></span>
    </div>`;
  }

  #ended() {
    const reason = this.tokenProblem ?? this.message;
    return html`
      <div>
        <h1>This invitation is not open</h1>
        ${reason ? html`<p class="subtitle">${reason}</p>` : nothing}
      </div>
      <a href="/">Go to Bazaar</a>
    `;
  }
}

customElements.define('bz-invitation', InvitationPage);
