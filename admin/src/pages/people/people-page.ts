import { emptyState, FilteredListing, listingState, pageStyles } from '@bazaar/sdk/ui';
import { html, nothing } from 'lit';
import { readPage } from '../../api/read-page.ts';
import { AppElement } from '../../app/app-element.ts';
import type { Source } from '../../app/source.ts';
import { faceStyles } from '../../pictures/face.ts';
import { filterAddress } from '../../routing/filter-address.ts';
import { Reading } from '../reading.ts';
import { Submission } from '../submission.ts';
import { inviteDialog, type NewInvitation } from './invite-dialog.ts';
import { type MemberDraft, memberDialog } from './member-dialog.ts';
import { invitationButtons, invitationRow, isFull, memberRow, peopleStyles, seatMeter } from './parts.ts';
import { readAround } from './read-around.ts';
import { mayGive } from './read-roles.ts';
import type { Invitation, Member, MemberDetails, RoleView } from './types.ts';

/** Who belongs to the tenant, who is invited, and how many seats are left. */
class People extends AppElement {
  static override properties = {
    ...AppElement.properties,
    inviting: { state: true },
    opened: { state: true },
  };

  static override styles = [pageStyles, faceStyles, peopleStyles];

  declare inviting: NewInvitation | null;
  declare opened: MemberDraft | null;

  readonly #members = new FilteredListing<Member, { q?: string }>(
    this,
    {},
    (filter, page) => readPage(this.app.api, '/api/users', page, filter),
    filterAddress(this, '/admin/people', ['q']),
  );
  readonly #around = new Reading(this, () => readAround(this.app, this.#own));

  readonly #submission = new Submission(this, () => this.inviting !== null);

  constructor() {
    super();
    this.inviting = null;
    this.opened = null;
  }

  protected override observed(): readonly Source[] {
    return [this.app.router];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.whileConnected(this.app.realtime.on('reconnected', () => void this.#refresh()));
  }

  async #refresh(): Promise<void> {
    await Promise.all([this.#members.refresh(), this.#around.run()]);
  }

  /** Does it, says how it went, and shows what is now. */
  #change(work: () => Promise<unknown>, done: string): Promise<void> {
    return this.#submission.run(async () => {
      await work();
      this.inviting = null;
      this.opened = null;
      this.app.notify(done, 'success');
      await this.#refresh();
    });
  }

  get #manages(): boolean {
    return this.app.shell.data?.user.permissions.includes('core:users.manage') ?? false;
  }

  get #own(): string {
    return this.app.shell.data?.user.id ?? '';
  }

  readonly #may = (role: RoleView): boolean => {
    const permissions = this.app.shell.data?.user.permissions ?? [];
    const isOwner = this.#around.value?.me.roles.includes('owner') ?? false;
    return mayGive(role, { permissions, isOwner });
  };

  #open({ id }: Member): void {
    void this.#submission.run(async () => {
      const member = await this.app.api.json<MemberDetails>('GET', `/api/users/${id}`);
      this.opened = { member, roles: member.roles };
    });
  }

  async #remove(member: MemberDetails): Promise<void> {
    const own = member.id === this.#own;
    const agreed = await this.app.confirm({
      title: own ? 'Leave this workspace?' : `Remove ${member.name}?`,
      message: 'The sessions and API keys here end at once. The account itself stays.',
      confirm: own ? 'Leave' : 'Remove',
      danger: true,
    });
    if (!agreed) return;
    await this.#change(
      () => this.app.api.json('DELETE', `/api/users/${member.id}`),
      own ? 'You have left.' : 'Removed.',
    );
  }

  override render() {
    const { value } = this.#around;
    const roles = value?.roles ?? [];
    const full = value !== null && isFull(value.seats);
    return html`<div class="page">
      <header class="page-header">
        <div>
          <h1>People</h1>
          <p class="subtitle">Who works here, and what each may do.</p>
        </div>
        ${
          this.#manages
            ? html`<div class="actions">
                <vaadin-button
                  theme="primary"
                  ?disabled=${value === null || full}
                  @click=${() => {
                    this.#submission.forget();
                    this.inviting = { email: '', roles: ['viewer'] };
                  }}
                >
                  <bazaar-icon name="user-plus" slot="prefix"></bazaar-icon>Invite
                </vaadin-button>
              </div>`
            : nothing
        }
      </header>
      ${value ? seatMeter(value.seats) : nothing}
      ${
        value && value.invitations.length > 0
          ? html`<section class="stack" aria-labelledby="invited">
              <h2 id="invited">Invited</h2>
              <ul class="list card flush">
                ${value.invitations.map((one) => invitationRow(one, roles, this.#invitationActions(one)))}
              </ul>
            </section>`
          : nothing
      }
      <section class="stack" aria-labelledby="members">
        <h2 id="members">Members</h2>
        <div class="toolbar" role="search" aria-label="Find people">
          <vaadin-text-field
            class="grow"
            label="Search"
            placeholder="Name or e-mail"
            clear-button-visible
            .value=${this.#members.filter.q ?? ''}
            @value-changed=${(event: CustomEvent<{ value: string }>) => this.#members.type('q', event.detail.value)}
          ><bazaar-icon name="search" slot="prefix"></bazaar-icon></vaadin-text-field>
        </div>
        ${listingState(this.#members, {
          noun: ['person', 'people'],
          none: () => emptyState('users', 'Nobody found', 'No name or address matches.'),
          show: (items) => html`<ul class="list card flush">
            ${items.map((member) => memberRow(member, roles, member.id === this.#own, this.#openButton(member)))}
          </ul>`,
        })}
      </section>
      ${this.#dialogs(roles)}
    </div>`;
  }

  #openButton(member: Member) {
    const title = this.#manages ? 'Change' : 'Open';
    return html`<vaadin-button theme="small" aria-label="${title} ${member.name}" @click=${() => this.#open(member)}>
      ${title}
    </vaadin-button>`;
  }

  #invitationActions({ id, email }: Invitation) {
    if (!this.#manages) return nothing;
    const { api } = this.app;
    const path = `/api/invitations/${id}`;
    const again = () => api.json('POST', `${path}/resend`, { body: {} });
    return invitationButtons(email, this.#submission.busy, {
      again: () => void this.#change(again, 'Sent again. Only the newest e-mail counts.'),
      back: () => void this.#change(() => api.json('DELETE', path), 'Taken back.'),
    });
  }

  #dialogs(roles: RoleView[]) {
    const at = (what: string) => (member: MemberDetails) =>
      void this.#change(
        () => this.app.api.json('POST', `/api/users/${member.id}/${what}`, { body: {} }),
        what === 'suspend' ? 'Suspended: their sessions have ended.' : 'Let in again.',
      );
    return html`
      ${inviteDialog({
        draft: this.inviting,
        roles,
        may: this.#may,
        busy: this.#submission.busy,
        errors: this.#submission.errors,
        changed: (draft) => {
          this.inviting = draft;
        },
        close: () => {
          this.inviting = null;
        },
        submit: (body) =>
          void this.#change(() => this.app.api.json('POST', '/api/invitations', { body }), `${body.email} is invited.`),
      })}
      ${memberDialog({
        draft: this.opened,
        roles,
        may: this.#may,
        manages: this.#manages,
        own: this.opened?.member.id === this.#own,
        busy: this.#submission.busy,
        changed: (draft) => {
          this.opened = draft;
        },
        close: () => {
          this.opened = null;
        },
        save: ({ member, roles: given }) =>
          void this.#change(
            () => this.app.api.json('PUT', `/api/users/${member.id}/roles`, { body: { roles: given } }),
            'Saved. It holds at once.',
          ),
        suspend: at('suspend'),
        reactivate: at('reactivate'),
        remove: (member) => void this.#remove(member),
      })}
    `;
  }
}

customElements.define('bz-people', People);
