import { css, html } from 'lit';
import { DEMO_ACCOUNTS } from '../session/demo-accounts.ts';
import type { Offer } from '../session/tokens.ts';

export const pickStyles = css`
  .picks {
    display: grid;
    gap: var(--bz-space-2);
    padding: 0;
    list-style: none;
  }
  .pick {
    display: flex;
    width: 100%;
    align-items: center;
    gap: var(--bz-space-3);
    padding: var(--bz-space-2) var(--bz-space-3);
    font: inherit;
    color: inherit;
    text-align: start;
    background: var(--bz-surface);
    border: 1px solid var(--bz-border);
    border-radius: var(--bz-radius-m);
    cursor: pointer;
  }
  .pick:hover {
    background: var(--bz-surface-2);
  }
  .pick > span {
    flex: 1;
    min-width: 0;
    display: grid;
  }
  .pick small {
    color: var(--bz-text-muted);
    font-size: var(--bz-text-s);
    overflow: hidden;
    text-overflow: ellipsis;
  }
`;

/** The documented accounts, of which one is picked to fill in the form. */
export function demoPicks(pick: (email: string) => void) {
  return html`<section class="demo" aria-labelledby="demo">
    <h2 id="demo">Demo accounts</h2>
    <p class="muted small">Made-up people in two made-up companies. Pick one to fill in the form.</p>
    <ul class="picks">
      ${DEMO_ACCOUNTS.map(
        ({ email, title }) => html`<li>
          <button class="pick" type="button" @click=${() => pick(email)}>
            <bazaar-icon name="user-round"></bazaar-icon>
            <span>${title}<small>${email}</small></span>
          </button>
        </li>`,
      )}
    </ul>
  </section>`;
}

interface WorkspaceQuestion {
  offer: Offer;
  busy: boolean;
  choose(slug: string): void;
  leave(): void;
}

/** The workspaces of a person who has just signed in. */
export function workspacePicks({ offer, busy, choose, leave }: WorkspaceQuestion) {
  return html`
    <div>
      <h1>Choose a workspace</h1>
      <p class="subtitle">${offer.user.email} belongs to ${offer.memberships.length} workspaces.</p>
    </div>
    <ul class="picks">
      ${offer.memberships.map(
        ({ tenant: { slug, name } }) => html`<li>
          <button class="pick" type="button" ?disabled=${busy} @click=${() => choose(slug)}>
            <bazaar-icon name="building"></bazaar-icon><span>${name}</span>
            <bazaar-icon name="chevron-right"></bazaar-icon>
          </button>
        </li>`,
      )}
    </ul>
    <vaadin-button theme="tertiary" @click=${leave}>Use another account</vaadin-button>
  `;
}
