import { formErrors, pageStyles, problemMessage } from '@bazaar/sdk/ui';
import { html, nothing } from 'lit';
import { AppElement } from '../../app/app-element.ts';
import { UnsavedWork } from '../../leaving/unsaved-work.ts';
import { face } from '../../pictures/face.ts';
import { failureState, loadingState } from '../../shell/states.ts';
import { Reading } from '../reading.ts';
import { emailDialog } from './email-dialog.ts';
import './workspaces-panel.ts';
import '../../pictures/picture-field.ts';

interface Account {
  name: string;
  email: string;
  locale: 'en' | 'de';
  /** Where it is found. */
  picture: string | null;
  profile: Record<string, string>;
  preferences: {
    notifications: { licences: boolean };
    privacy: { shareProfile: boolean; shareLastSignIn: boolean };
  };
}

const LANGUAGES = [
  { value: 'en', label: 'English' },
  { value: 'de', label: 'Deutsch' },
];
const TIME_ZONES = Intl.supportedValuesOf('timeZone');
const LINKS = [
  { name: 'website', label: 'Website', placeholder: 'https://' },
  { name: 'linkedin', label: 'LinkedIn', placeholder: 'https://www.linkedin.com/in/…' },
  { name: 'github', label: 'GitHub', placeholder: 'https://github.com/…' },
];

/** Whether the forms of both are filled in alike: a field that was emptied is as one that never was filled in. */
function isSameAccount(one: Account, other: Account): boolean {
  const form = ({ name, locale, profile, preferences: { notifications, privacy } }: Account) =>
    JSON.stringify([
      name,
      locale,
      Object.entries(profile)
        .filter(([, text]) => text !== '')
        .toSorted(([left], [right]) => left.localeCompare(right)),
      notifications.licences,
      privacy.shareProfile,
      privacy.shareLastSignIn,
    ]);
  return form(one) === form(other);
}

/** The person's own profile and preferences. */
class AccountPage extends AppElement {
  static override properties = {
    ...AppElement.properties,
    draft: { state: true },
    busy: { state: true },
    failure: { state: true },
    newEmail: { state: true },
  };

  static override styles = pageStyles;

  /** What is typed; `null` until the account has been read. */
  declare draft: Account | null;
  declare busy: boolean;
  declare failure: unknown;
  /** What is typed in the dialog for another address; `null` while it is closed. */
  declare newEmail: string | null;

  readonly #account = new Reading<Account>(this, async () => {
    const account = await this.app.api.json<Account>('GET', '/api/me/account');
    this.draft ??= account;
    return account;
  });

  constructor() {
    super();
    this.draft = null;
    this.busy = false;
    this.failure = null;
    this.newEmail = null;
    new UnsavedWork(this, () => this.#isChanged);
  }

  /** Whether a press of the button would change anything. */
  get #isChanged(): boolean {
    const { value } = this.#account;
    return value !== null && this.draft !== null && !isSameAccount(value, this.draft);
  }

  async #save(): Promise<void> {
    if (!this.draft) return;
    this.busy = true;
    this.failure = null;
    const { name, locale, profile, preferences } = this.draft;
    try {
      const body = { name, locale, profile, preferences };
      this.#account.value = await this.app.api.json<Account>('PATCH', '/api/me', { body });
      this.draft = this.#account.value;
      this.app.notify('Saved.', 'success');
    } catch (error) {
      this.failure = error;
    } finally {
      this.busy = false;
    }
  }

  async #changeEmail(email: string): Promise<void> {
    this.busy = true;
    try {
      await this.app.api.json('POST', '/api/me/email', { body: { email } });
      this.newEmail = null;
      this.app.notify('Both addresses have got an e-mail. The change waits for both to agree.', 'success');
    } catch (error) {
      this.app.notify(problemMessage(error), 'error');
    } finally {
      this.busy = false;
    }
  }

  override render() {
    const { draft } = this;
    const { failure } = this.#account;
    if (!draft) return failure === null ? loadingState('account') : failureState(failure, () => this.#account.run());
    return html`<div class="page narrow">
      <header class="page-header">
        <div>
          <h1>Profile</h1>
          <p class="subtitle">Who you are, in every workspace you belong to.</p>
        </div>
      </header>
      ${this.#about(draft)} ${this.#preferences(draft)} ${this.#refusal()}
      <div class="actions end">
        <vaadin-button theme="primary" ?disabled=${this.busy || !this.#isChanged} @click=${() => this.#save()}>
          ${this.busy ? 'Saving…' : 'Save'}
        </vaadin-button>
      </div>
      <bz-workspaces-panel .app=${this.app}></bz-workspaces-panel>
      ${emailDialog({
        email: this.newEmail,
        busy: this.busy,
        changed: (email) => {
          this.newEmail = email;
        },
        close: () => {
          this.newEmail = null;
        },
        submit: (email) => void this.#changeEmail(email),
      })}
    </div>`;
  }

  #refusal() {
    if (this.failure === null || formErrors(this.failure).size > 0) return nothing;
    return html`<p class="banner danger" role="alert">
      <bazaar-icon name="circle-alert"></bazaar-icon>${problemMessage(this.failure)}
    </p>`;
  }

  #error(pointer: string): string {
    return formErrors(this.failure).get(pointer) ?? '';
  }

  #set(change: Partial<Account>): void {
    if (this.draft) this.draft = { ...this.draft, ...change };
  }

  #profileField(name: string, label: string, placeholder = '') {
    const error = this.#error(`/profile/${name}`);
    return html`<vaadin-text-field
      label=${label}
      placeholder=${placeholder}
      manual-validation
      .value=${this.draft?.profile[name] ?? ''}
      ?invalid=${error !== ''}
      .errorMessage=${error}
      @input=${(event: Event) =>
        this.#set({
          profile: { ...this.draft?.profile, [name]: (event.currentTarget as HTMLInputElement).value },
        })}
    ></vaadin-text-field>`;
  }

  #about({ name, email, locale, profile }: Account) {
    const picture = this.#account.value?.picture ?? null;
    const error = this.#error('/name');
    return html`<section class="card stack" aria-labelledby="about">
      <h2 id="about">About you</h2>
      <bz-picture-field
        .app=${this.app}
        label="picture"
        path="/api/me/picture"
        hint="PNG, JPEG or WebP. Its middle is shown, in a circle."
        ?isSet=${picture !== null}
        .shown=${face({ name, picture })}
        @picture-changed=${() => void this.#account.run()}
      ></bz-picture-field>
      <div class="form">
        <vaadin-text-field
          label="Name"
          required
          manual-validation
          autocomplete="name"
          .value=${name}
          ?invalid=${error !== ''}
          .errorMessage=${error}
          @input=${(event: Event) => this.#set({ name: (event.currentTarget as HTMLInputElement).value })}
        ></vaadin-text-field>
        ${this.#profileField('phone', 'Phone')} ${this.#profileField('location', 'Location')}
        <vaadin-combo-box
          label="Time zone"
          clear-button-visible
          .items=${TIME_ZONES}
          .value=${profile.timeZone ?? ''}
          @value-changed=${(event: CustomEvent<{ value: string }>) =>
            this.#set({ profile: { ...this.draft?.profile, timeZone: event.detail.value } })}
        ></vaadin-combo-box>
        <vaadin-text-area
          class="full"
          label="A few words about you"
          maxlength="2000"
          .value=${profile.bio ?? ''}
          @input=${(event: Event) =>
            this.#set({ profile: { ...this.draft?.profile, bio: (event.currentTarget as HTMLTextAreaElement).value } })}
        ></vaadin-text-area>
        ${LINKS.map(({ name: link, label, placeholder }) => this.#profileField(link, label, placeholder))}
        <vaadin-select
          label="Language of mails"
          .items=${LANGUAGES}
          .value=${locale}
          @change=${(event: Event) =>
            this.#set({ locale: (event.currentTarget as HTMLInputElement).value as Account['locale'] })}
        ></vaadin-select>
      </div>
      <p class="row between">
        <span>You sign in as <strong>${email}</strong>.</span>
        <vaadin-button
          theme="small"
          @click=${() => {
            this.newEmail = '';
          }}
        >
          Change address
        </vaadin-button>
      </p>
    </section>`;
  }

  #preferences({ preferences }: Account) {
    const { notifications, privacy } = preferences;
    const box = (label: string, checked: boolean, set: (checked: boolean) => Account['preferences']) =>
      html`<vaadin-checkbox
        label=${label}
        .checked=${checked}
        @change=${(event: Event) => this.#set({ preferences: set((event.currentTarget as HTMLInputElement).checked) })}
      ></vaadin-checkbox>`;
    return html`
      <section class="card stack tight" aria-labelledby="notifications">
        <h2 id="notifications">Notifications</h2>
        ${box(
          'Remind me by mail when licences or trials I manage come to an end',
          notifications.licences,
          (licences) => ({
            ...preferences,
            notifications: { licences },
          }),
        )}
        <p class="small muted">E-mails about the safety of your account are always sent.</p>
      </section>
      <section class="card stack tight" aria-labelledby="privacy">
        <h2 id="privacy">What colleagues see</h2>
        ${box(
          'My profile: picture, phone, location, links and what I say of myself',
          privacy.shareProfile,
          (shareProfile) => ({
            ...preferences,
            privacy: { ...privacy, shareProfile },
          }),
        )}
        ${box('When I signed in and was active last', privacy.shareLastSignIn, (shareLastSignIn) => ({
          ...preferences,
          privacy: { ...privacy, shareLastSignIn },
        }))}
      </section>
    `;
  }
}

customElements.define('bz-account', AccountPage);
