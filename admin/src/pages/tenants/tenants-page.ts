import { emptyState, FilteredListing, listingState, pageStyles } from '@bazaar/sdk/ui';
import { html } from 'lit';
import { readPage } from '../../api/read-page.ts';
import type { Page } from '../../api/types.ts';
import { AppElement } from '../../app/app-element.ts';
import type { Source } from '../../app/source.ts';
import { filterAddress } from '../../routing/filter-address.ts';
import type { Impersonation, Tokens } from '../../session/tokens.ts';
import { Submission } from '../submission.ts';
import { actAsDialog } from './act-as-dialog.ts';
import { suspendDialog } from './suspend-dialog.ts';
import { tenantRow } from './tenant-row.ts';
import { tierDialog } from './tier-dialog.ts';
import type { ActAs, TenantView, TierChange } from './types.ts';

/** All workspaces of the platform, for its operators. */
class TenantsPage extends AppElement {
  static override properties = {
    ...AppElement.properties,
    suspending: { state: true },
    acting: { state: true },
    booking: { state: true },
  };

  static override styles = pageStyles;

  declare suspending: { tenant: TenantView; reason: string } | null;
  declare acting: ActAs | null;
  declare booking: TierChange | null;

  readonly #submission = new Submission(
    this,
    (pointer) => this.booking !== null && (pointer === '/until' || pointer === '/seats'),
  );

  readonly #tenants = new FilteredListing<TenantView, { q?: string }>(
    this,
    {},
    (filter, page) => readPage(this.app.api, '/api/platform/tenants', page, filter),
    filterAddress(this, '/platform/tenants', ['q']),
  );

  constructor() {
    super();
    this.suspending = null;
    this.acting = null;
    this.booking = null;
  }

  protected override observed(): readonly Source[] {
    return [this.app.router];
  }

  #suspend({ slug, name }: TenantView, reason: string): void {
    void this.#submission.run(async () => {
      await this.app.api.json('POST', `/api/platform/tenants/${slug}/suspend`, { body: { reason } });
      this.suspending = null;
      this.app.notify(`${name} is suspended.`, 'success');
      await this.#tenants.refresh();
    });
  }

  #reactivate({ slug, name }: TenantView): void {
    void this.#submission.run(async () => {
      await this.app.api.json('POST', `/api/platform/tenants/${slug}/reactivate`, { body: {} });
      this.app.notify(`${name} is open again.`, 'success');
      await this.#tenants.refresh();
    });
  }

  #book({ tenant: { slug, name }, tier, until, seats }: TierChange): void {
    void this.#submission.run(async () => {
      await this.app.api.json('PUT', `/api/platform/tenants/${slug}/tier`, { body: { tier, until, seats } });
      this.booking = null;
      this.app.notify(`The tier of ${name} is changed.`, 'success');
      await this.#tenants.refresh();
    });
  }

  async #verify({ slug, name, website }: TenantView): Promise<void> {
    const agreed = await this.app.confirm({
      title: `Is this ${name}?`,
      message: `Visitors read on its public page that the platform has checked who it is. It says to be “${name}”, ${
        website === null ? 'without a website' : `at ${website}`
      }; another name or website ends this.`,
      confirm: 'I have checked it',
    });
    if (!agreed) return;
    await this.#submission.run(async () => {
      await this.app.api.json('POST', `/api/platform/tenants/${slug}/verify`, { body: { name, website } });
      this.app.notify(`${name} is verified.`, 'success');
      await this.#tenants.refresh();
    });
  }

  #unverify({ slug, name }: TenantView): void {
    void this.#submission.run(async () => {
      await this.app.api.json('POST', `/api/platform/tenants/${slug}/unverify`, { body: {} });
      this.app.notify(`${name} is verified no longer.`, 'success');
      await this.#tenants.refresh();
    });
  }

  #chooseMember(tenant: TenantView): void {
    void this.#submission.run(async () => {
      const path = `/api/platform/tenants/${tenant.slug}/members?limit=100`;
      const { items } = await this.app.api.json<Page<ActAs['members'][number]>>('GET', path);
      this.acting = { tenant, members: items.filter(({ isOperator }) => !isOperator), userId: '', reason: '' };
    });
  }

  #actAs({ tenant, userId, reason }: ActAs): void {
    void this.#submission.run(async () => {
      const path = `/api/platform/tenants/${tenant.slug}/impersonate`;
      const tokens = await this.app.api.json<Tokens & Impersonation>('POST', path, { body: { userId, reason } });
      this.acting = null;
      this.app.router.navigate('/');
      this.app.session.impersonate(tokens);
    });
  }

  override render() {
    return html`<div class="page">
      <header class="page-header">
        <div>
          <h1>Tenants</h1>
          <p class="subtitle">All workspaces on this platform.</p>
        </div>
      </header>
      <div class="toolbar">
        <vaadin-text-field
          class="grow"
          aria-label="Search"
          placeholder="Name or short name"
          clear-button-visible
          .value=${this.#tenants.filter.q ?? ''}
          @value-changed=${(event: CustomEvent<{ value: string }>) => this.#tenants.type('q', event.detail.value)}
        >
          <bazaar-icon name="search" slot="prefix"></bazaar-icon>
        </vaadin-text-field>
      </div>
      ${listingState(this.#tenants, {
        noun: ['tenant', 'tenants'],
        none: () => emptyState('building-2', 'No tenants', 'Nothing matches your search.'),
        show: (items) => html`<ul class="list rows card flush">${items.map((one) => this.#row(one))}</ul>`,
      })}
      ${suspendDialog({
        asked: this.suspending,
        busy: this.#submission.busy,
        changed: (reason) => {
          if (this.suspending) this.suspending = { ...this.suspending, reason };
        },
        close: () => {
          this.suspending = null;
        },
        submit: ({ tenant, reason }) => this.#suspend(tenant, reason),
      })}
      ${tierDialog({
        asked: this.booking,
        errors: this.#submission.errors,
        busy: this.#submission.busy,
        changed: (change) => {
          this.#submission.forget();
          if (this.booking) this.booking = { ...this.booking, ...change };
        },
        close: () => {
          this.#submission.forget();
          this.booking = null;
        },
        submit: (asked) => this.#book(asked),
      })}
      ${actAsDialog({
        asked: this.acting,
        busy: this.#submission.busy,
        changed: (change) => {
          if (this.acting) this.acting = { ...this.acting, ...change };
        },
        close: () => {
          this.acting = null;
        },
        submit: (asked) => this.#actAs(asked),
      })}
    </div>`;
  }

  #row(tenant: TenantView) {
    return tenantRow(tenant, {
      busy: this.#submission.busy,
      actAs: () => this.#chooseMember(tenant),
      changeTier: () => {
        this.booking = { tenant, ...tenant.booked };
      },
      verify: () => void this.#verify(tenant),
      unverify: () => this.#unverify(tenant),
      suspend: () => {
        this.suspending = { tenant, reason: '' };
      },
      reactivate: () => this.#reactivate(tenant),
    });
  }
}

customElements.define('bz-platform-tenants', TenantsPage);
