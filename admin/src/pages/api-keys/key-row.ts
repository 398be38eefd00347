import { ago, formatDay } from '@bazaar/sdk/ui';
import { html, nothing } from 'lit';

export interface ApiKey {
  id: string;
  name: string;
  owner: { id: string; name: string };
  permissions: string[];
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
}

interface KeyRow {
  busy: boolean;
  /** What a permission is called. */
  titleOf(permission: string): string;
  revoke(): void;
}

/** One key in the list: whose it is, how long it works, what it may do. */
export function keyRow(key: ApiKey, { busy, titleOf, revoke }: KeyRow) {
  const { name, owner, permissions, createdAt, expiresAt, lastUsedAt } = key;
  const ended = expiresAt !== null && Date.parse(expiresAt) <= Date.now();
  return html`<li>
    <div class="stack tight">
      <p class="row">
        <strong>${name}</strong>
        ${ended ? html`<span class="chip warning">Expired</span>` : nothing}
      </p>
      <p class="small muted">
        ${owner.name} · made ${formatDay(createdAt)} ·
        ${expiresAt === null ? 'no end' : `${ended ? 'ended' : 'until'} ${formatDay(expiresAt)}`} ·
        ${lastUsedAt === null ? 'never used' : `used ${ago(lastUsedAt)}`}
      </p>
      <p class="small">${permissions.map(titleOf).join(' · ')}</p>
    </div>
    <span class="actions">
      <vaadin-button theme="small error" ?disabled=${busy} aria-label="Revoke ${name}" @click=${revoke}>
        Revoke
      </vaadin-button>
    </span>
  </li>`;
}
