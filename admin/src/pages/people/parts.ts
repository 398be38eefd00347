import { ago, timeAgo } from '@bazaar/sdk/ui';
import { css, html, nothing, type TemplateResult } from 'lit';
import { face } from '../../pictures/face.ts';
import { tierText } from '../tenants/tier.ts';
import type { Invitation, Member, RoleView, Seats } from './types.ts';

/** Rows of people, and the seats. */
export const peopleStyles = css`
  li {
    display: grid;
    grid-template-columns: minmax(0, 2fr) minmax(0, 2fr) minmax(0, 1fr) 13rem;
    gap: var(--bz-space-1) var(--bz-space-4);
    align-items: center;
  }
  li > .actions {
    justify-content: flex-end;
  }
  .row.nowrap {
    --bz-face: 2.25rem;
    flex-wrap: nowrap;
  }
  .who {
    display: grid;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .seats {
    display: grid;
    gap: var(--bz-space-2);
  }
  @media (max-width: 760px) {
    li {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    li > .chips,
    li > .when {
      grid-column: 1;
    }
    /* Below the name, not below the face. */
    li:not(.invited) > :is(.chips, .when) {
      padding-inline-start: calc(2.25rem + var(--bz-space-3));
    }
    li > .actions {
      grid-column: 2;
      grid-row: 1;
    }
    li.invited > .actions {
      grid-column: 1 / -1;
      grid-row: auto;
      justify-content: flex-start;
    }
  }
`;

const STATUS: Record<Member['status'], { title: string; look: string } | null> = {
  active: null,
  suspended: { title: 'Suspended', look: 'warning' },
  pending: { title: 'Not confirmed', look: '' },
  inactive: { title: 'Account closed', look: '' },
};

function roleChips(names: readonly string[], roles: readonly RoleView[]) {
  const title = (name: string) => roles.find((role) => role.name === name)?.title ?? name;
  return html`<span class="chips">${names.map((name) => html`<span class="chip">${title(name)}</span>`)}</span>`;
}

export function memberRow(member: Member, roles: readonly RoleView[], own: boolean, actions: TemplateResult) {
  const state = STATUS[member.status];
  const seen = member.lastActiveAt === null ? 'not active yet' : html`active ${timeAgo(member.lastActiveAt)}`;
  return html`<li>
    <span class="row nowrap">
      ${face(member)}
      <span class="who">
      <strong>${member.name}${own ? html` <span class="muted">(you)</span>` : nothing}</strong>
      <span class="small muted">${member.email}</span>
      </span>
    </span>
    ${roleChips(member.roles, roles)}
    <span class="when small muted">
      ${state ? html`<span class="chip ${state.look}">${state.title}</span>` : seen}
    </span>
    <span class="actions">${actions}</span>
  </li>`;
}

export function invitationRow(
  invitation: Invitation,
  roles: readonly RoleView[],
  actions: TemplateResult | typeof nothing,
) {
  const { email, state, sentAt } = invitation;
  return html`<li class="invited">
    <span class="who">${email}</span>
    ${roleChips(invitation.roles, roles)}
    <span class="when small muted">
      ${state === 'expired' ? html`<span class="chip warning">Expired</span>` : html`sent ${ago(sentAt)}`}
    </span>
    <span class="actions">${actions}</span>
  </li>`;
}

interface InvitationActions {
  again(): void;
  back(): void;
}

export function invitationButtons(email: string, busy: boolean, { again, back }: InvitationActions) {
  return html`
    <vaadin-button theme="small" ?disabled=${busy} aria-label="Send again to ${email}" @click=${again}>
      Send again
    </vaadin-button>
    <vaadin-button theme="small" ?disabled=${busy} aria-label="Take back the invitation of ${email}" @click=${back}>
      Take back
    </vaadin-button>
  `;
}

export function isFull({ seats, members, invitations }: Seats): boolean {
  return members + invitations >= seats;
}

export function seatMeter(all: Seats) {
  const { seats, members, invitations } = all;
  const taken = members + invitations;
  return html`<section class="card seats" aria-label="Seats">
    <p class="row between">
      <span><strong class="number">${taken}</strong> of <span class="number">${seats}</span> seats taken</span>
      <span class="small muted">${members} active, ${invitations} invited · ${tierText(all)}</span>
    </p>
    <span class="meter"><span style="width: ${Math.min(100, (taken / seats) * 100)}%"></span></span>
    ${isFull(all) ? html`<p class="small">All seats are taken: suspend or remove somebody, or take an invitation back.</p>` : nothing}
  </section>`;
}
