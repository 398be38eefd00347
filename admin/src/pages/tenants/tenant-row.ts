import { formatDay } from '@bazaar/sdk/ui';
import { html, nothing } from 'lit';
import { tierText } from './tier.ts';
import type { TenantView } from './types.ts';

interface TenantActions {
  busy: boolean;
  actAs(): void;
  changeTier(): void;
  verify(): void;
  unverify(): void;
  suspend(): void;
  reactivate(): void;
}

function verification({ name, verifiedAt }: TenantView, { busy, verify, unverify }: TenantActions) {
  const isVerified = verifiedAt !== null;
  return html`<vaadin-button
    theme="small"
    aria-label="${isVerified ? 'Withdraw the verification of' : 'Verify'} ${name}"
    ?disabled=${busy}
    @click=${isVerified ? unverify : verify}
  >
    ${isVerified ? 'Withdraw verification' : 'Verify'}
  </vaadin-button>`;
}

/** One workspace, what it has, and what operators do with it. */
export function tenantRow(tenant: TenantView, actions: TenantActions) {
  const { busy, actAs, changeTier, suspend, reactivate } = actions;
  const { slug, name, members, maxUsers, licences, createdAt, suspendedAt, suspendedReason, supportAccess } = tenant;
  return html`<li>
    <div class="stack tight">
      <p class="row">
        <strong>${name}</strong>
        ${suspendedAt === null ? nothing : html`<span class="chip danger">Suspended</span>`}
        ${tenant.verifiedAt === null ? nothing : html`<span class="chip success">Verified</span>`}
        ${tenant.deletedAt === null ? nothing : html`<span class="chip warning">Being deleted</span>`}
      </p>
      <p class="small muted">
        ${slug} · ${tierText(tenant)} · ${members} of ${maxUsers} seats · ${licences}
        ${licences === 1 ? 'licence' : 'licences'} · since ${formatDay(createdAt)}
        ${tenant.website === null ? nothing : html`· ${tenant.website}`}
      </p>
      ${suspendedReason === null ? nothing : html`<p class="small">${suspendedReason}</p>`}
    </div>
    <span class="actions">
      <vaadin-button theme="small" aria-label="Tier of ${name}" ?disabled=${busy} @click=${changeTier}>
        Tier
      </vaadin-button>
      ${
        suspendedAt === null
          ? html`${verification(tenant, actions)}
              <vaadin-button
                theme="small"
                aria-label="Act as a member of ${name}"
                title=${supportAccess ? '' : 'This workspace does not allow it.'}
                ?disabled=${busy || !supportAccess}
                @click=${actAs}
              >
                Act as a member
              </vaadin-button>
              <vaadin-button theme="small error" aria-label="Suspend ${name}" ?disabled=${busy} @click=${suspend}>
                Suspend
              </vaadin-button>`
          : html`<vaadin-button
              theme="small primary"
              aria-label="Reactivate ${name}"
              ?disabled=${busy}
              @click=${reactivate}
            >
              Reactivate
            </vaadin-button>`
      }
    </span>
  </li>`;
}
