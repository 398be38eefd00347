import { pageStyles } from '@bazaar/sdk/ui';
import { css, html, nothing, type PropertyValues } from 'lit';
import type { Page } from '../../api/types.ts';
import { AppElement } from '../../app/app-element.ts';
import { Reading } from '../reading.ts';
import { Submission } from '../submission.ts';
import type { ProviderSettings, SignInSettings } from './settings-types.ts';

interface Draft extends ProviderSettings {
  clientSecret: string;
}

const EMPTY: Draft = {
  issuer: '',
  clientId: '',
  clientSecret: '',
  enabled: true,
  enforced: false,
  provisioning: true,
  defaultRole: 'viewer',
};

/** Where the panel says what is wrong. */
const FIELDS: ReadonlySet<string> = new Set(Object.keys(EMPTY).map((name) => `/${name}`));

/** The workspace's OpenID provider. */
export class ProviderPanel extends AppElement {
  static override properties = {
    ...AppElement.properties,
    settings: { attribute: false },
    draft: { state: true },
  };

  static override styles = [
    pageStyles,
    css`
      code {
        overflow-wrap: anywhere;
        user-select: all;
      }
    `,
  ];

  declare settings: SignInSettings;
  declare draft: Draft;

  /** The form as it was last read. */
  #stored: Draft = EMPTY;

  changed: () => void = () => {};

  readonly #roles = new Reading(this, () =>
    this.app.api.json<Page<{ name: string; title: string }>>('GET', '/api/roles?limit=100'),
  );

  readonly #submission = new Submission(this, (pointer) => FIELDS.has(pointer));

  constructor() {
    super();
    this.draft = EMPTY;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!changed.has('settings')) return;
    const { singleSignOn } = this.settings;
    const { isChanged } = this;
    this.#stored = singleSignOn ? { ...singleSignOn, clientSecret: '' } : EMPTY;
    // Read anew because of something else on the page, they leave alone what somebody is typing.
    if (!isChanged) this.draft = this.#stored;
  }

  /** Whether something was filled in that is not saved. */
  get isChanged(): boolean {
    return JSON.stringify(this.draft) !== JSON.stringify(this.#stored);
  }

  #change(work: () => Promise<unknown>, done: string): Promise<void> {
    return this.#submission.run(async () => {
      await work();
      this.app.notify(done, 'success');
      this.#stored = this.draft;
      this.changed();
    });
  }

  #save(): void {
    const { issuer, clientId, clientSecret, enabled, enforced, provisioning, defaultRole } = this.draft;
    const body = {
      issuer: issuer.trim(),
      clientId: clientId.trim(),
      enabled,
      enforced,
      provisioning,
      defaultRole,
      ...(clientSecret === '' ? {} : { clientSecret }),
    };
    void this.#change(() => this.app.api.json('PUT', '/api/security/single-sign-on', { body }), 'Saved.');
  }

  async #remove(): Promise<void> {
    const agreed = await this.app.confirm({
      title: 'Remove single sign-on?',
      message: 'Members who have no password or passkey of their own cannot sign in until they choose one.',
      confirm: 'Remove',
      danger: true,
    });
    if (!agreed) return;
    await this.#change(() => this.app.api.json('DELETE', '/api/security/single-sign-on'), 'Single sign-on is removed.');
  }

  #set(change: Partial<Draft>): void {
    this.draft = { ...this.draft, ...change };
  }

  #field(name: 'issuer' | 'clientId', label: string, helper: string) {
    const error = this.#submission.errors.get(`/${name}`) ?? '';
    return html`<vaadin-text-field
      class=${name === 'issuer' ? 'full' : ''}
      label=${label}
      helper-text=${helper}
      manual-validation
      .value=${this.draft[name]}
      ?invalid=${error !== ''}
      .errorMessage=${error}
      @input=${(event: Event) => this.#set({ [name]: (event.currentTarget as HTMLInputElement).value })}
    ></vaadin-text-field>`;
  }

  #check(name: 'enabled' | 'enforced' | 'provisioning', label: string, helper: string) {
    const error = this.#submission.errors.get(`/${name}`) ?? '';
    return html`<vaadin-checkbox
      class="full"
      label=${label}
      helper-text=${helper}
      manual-validation
      ?invalid=${error !== ''}
      .errorMessage=${error}
      .checked=${this.draft[name]}
      @change=${(event: Event) => this.#set({ [name]: (event.currentTarget as HTMLInputElement).checked })}
    ></vaadin-checkbox>`;
  }

  override render() {
    const { singleSignOn, redirectUri } = this.settings;
    const secretError = this.#submission.errors.get('/clientSecret') ?? '';
    return html`<section class="card stack" aria-labelledby="provider">
      <div class="row between">
        <h2 id="provider">Single sign-on</h2>
        ${singleSignOn?.enabled ? html`<span class="chip success">On</span>` : html`<span class="chip">Off</span>`}
      </div>
      <p class="muted">Members sign in with your company's accounts, by any provider that speaks OpenID Connect.</p>
      <dl class="facts">
        <dt>Redirect address</dt>
        <dd><code>${redirectUri}</code></dd>
      </dl>
      <div class="form">
        ${this.#field('issuer', 'Issuer', 'For example https://login.acme.com')}
        ${this.#field('clientId', 'Client ID', 'From your provider.')}
        <vaadin-password-field
          label="Client secret"
          autocomplete="off"
          helper-text=${singleSignOn ? 'Kept as it is when left empty.' : 'From your provider.'}
          manual-validation
          .value=${this.draft.clientSecret}
          ?invalid=${secretError !== ''}
          .errorMessage=${secretError}
          @input=${(event: Event) => this.#set({ clientSecret: (event.currentTarget as HTMLInputElement).value })}
        ></vaadin-password-field>
        ${this.#check('enabled', 'Members may use it', 'The provider is asked for its configuration when you save.')}
        ${this.#check('provisioning', 'Newcomers become members', 'While there are seats, with the role below.')}
        ${this.#role()}
        ${this.#check(
          'enforced',
          'Members must use it',
          'Passwords and passkeys no longer open this workspace. Owners keep their own way in.',
        )}
      </div>
      <div class="actions end">
        ${
          singleSignOn
            ? html`<vaadin-button theme="error" ?disabled=${this.#submission.busy} @click=${() => this.#remove()}>Remove</vaadin-button>`
            : nothing
        }
        <vaadin-button theme="primary" ?disabled=${this.#submission.busy} @click=${() => this.#save()}>
          ${this.#submission.busy ? 'Saving…' : 'Save'}
        </vaadin-button>
      </div>
    </section>`;
  }

  #role() {
    const error = this.#submission.errors.get('/defaultRole') ?? '';
    const roles = (this.#roles.value?.items ?? []).filter(({ name }) => name !== 'owner');
    return html`<vaadin-select
      label="Role of newcomers"
      manual-validation
      .items=${roles.map(({ name, title }) => ({ value: name, label: title }))}
      .value=${this.draft.defaultRole}
      ?invalid=${error !== ''}
      .errorMessage=${error}
      @change=${(event: Event) => this.#set({ defaultRole: (event.currentTarget as HTMLInputElement).value })}
    ></vaadin-select>`;
  }
}

customElements.define('bz-provider-panel', ProviderPanel);
