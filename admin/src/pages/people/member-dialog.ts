import '@vaadin/dialog';
import { formatDay, timeAgo } from '@bazaar/sdk/ui';
import { dialogFooterRenderer, dialogRenderer } from '@vaadin/dialog/lit.js';
import { html, nothing } from 'lit';
import { roleChoice } from './role-choice.ts';
import type { MemberDetails, RoleView } from './types.ts';

export interface MemberDraft {
  member: MemberDetails;
  roles: string[];
}

interface MemberQuestion {
  /** `null` while the dialog is closed. */
  draft: MemberDraft | null;
  roles: readonly RoleView[];
  may(role: RoleView): boolean;
  /** The person may change members at all. */
  manages: boolean;
  /** It is the person's own membership. */
  own: boolean;
  busy: boolean;
  changed(draft: MemberDraft): void;
  close(): void;
  save(draft: MemberDraft): void;
  suspend(member: MemberDetails): void;
  reactivate(member: MemberDetails): void;
  remove(member: MemberDetails): void;
}

const PROFILE_TITLES: Record<string, string> = {
  phone: 'Phone',
  location: 'Location',
  timeZone: 'Time zone',
  website: 'Website',
  linkedin: 'LinkedIn',
  github: 'GitHub',
  bio: 'About',
};

function facts({ email, joinedAt, lastSignInAt, lastActiveAt, profile }: MemberDetails) {
  const shared = Object.entries(PROFILE_TITLES).filter(([name]) => profile[name] !== undefined);
  const row = (
    title: string,
    text: unknown,
  ) => html`<div style="display: grid; grid-template-columns: 7rem minmax(0, 1fr); gap: var(--bz-space-3); overflow-wrap: anywhere">
    <dt style="color: var(--bz-text-muted)">${title}</dt>
    <dd style="margin: 0">${text}</dd>
  </div>`;
  return html`<dl style="margin: 0; display: grid; gap: var(--bz-space-2)">
    ${row('E-mail', email)} ${row('Member since', formatDay(joinedAt))}
    ${lastSignInAt === null ? nothing : row('Signed in', timeAgo(lastSignInAt))}
    ${lastActiveAt === null ? nothing : row('Active here', timeAgo(lastActiveAt))}
    ${shared.map(([name, title]) => row(title, profile[name]))}
  </dl>`;
}

function portrait({ picture }: MemberDetails) {
  if (picture === null) return nothing;
  return html`<img
    src=${picture}
    alt=""
    style="width: 5rem; height: 5rem; border-radius: 99px; object-fit: cover"
  />`;
}

/** One member: what they share of themselves, their roles, and what can be done with the membership. */
export function memberDialog(question: MemberQuestion) {
  const { draft, roles, may, manages, own, busy, changed, close, save } = question;
  const held = roles.filter(({ name }) => draft?.member.roles.includes(name));
  // Who holds more than oneself cannot be changed.
  const changeable = manages && held.every(may);
  return html`<vaadin-dialog
    no-close-on-outside-click
    header-title=${draft?.member.name ?? ''}
    width="30rem"
    .opened=${draft !== null}
    @closed=${close}
    ${dialogRenderer(
      () =>
        draft === null
          ? html``
          : html`<div style="display: grid; gap: var(--bz-space-5)">
              ${portrait(draft.member)} ${facts(draft.member)}
              ${roleChoice({
                roles,
                chosen: draft.roles,
                may: (role) => changeable && may(role),
                changed: (chosen) => changed({ ...draft, roles: chosen }),
              })}
              ${changeable ? membershipActions(question, draft.member, own) : nothing}
            </div>`,
      [draft, roles, busy],
    )}
    ${dialogFooterRenderer(
      () => html`
        <vaadin-button @click=${close}>${changeable ? 'Cancel' : 'Close'}</vaadin-button>
        ${
          changeable
            ? html`<vaadin-button
                theme="primary"
                ?disabled=${busy || draft === null || draft.roles.length === 0}
                @click=${() => draft && save(draft)}
              >
                Save roles
              </vaadin-button>`
            : nothing
        }
      `,
      [draft, busy],
    )}
  ></vaadin-dialog>`;
}

function membershipActions({ busy, suspend, reactivate, remove }: MemberQuestion, member: MemberDetails, own: boolean) {
  const suspended = member.status === 'suspended';
  return html`<div style="display: flex; flex-wrap: wrap; gap: var(--bz-space-2)">
    ${
      own
        ? nothing
        : html`<vaadin-button ?disabled=${busy} @click=${() => (suspended ? reactivate(member) : suspend(member))}>
            ${suspended ? 'Let in again' : 'Suspend'}
          </vaadin-button>`
    }
    <vaadin-button theme="error" ?disabled=${busy} @click=${() => remove(member)}>
      ${own ? 'Leave workspace' : 'Remove'}
    </vaadin-button>
  </div>`;
}
