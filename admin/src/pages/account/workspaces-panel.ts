import { pageStyles, problemMessage } from '@bazaar/sdk/ui';
import { html, nothing } from 'lit';
import { AppElement } from '../../app/app-element.ts';
import { failureState, loadingState } from '../../shell/states.ts';
import { Reading } from '../reading.ts';

interface Membership {
  tenant: { slug: string; name: string };
}

/** What the person belongs to, and the way out of each. */
class WorkspacesPanel extends AppElement {
  static override properties = { ...AppElement.properties, busy: { state: true }, failure: { state: true } };

  static override styles = pageStyles;

  declare busy: boolean;
  /** Why a workspace could not be left. */
  declare failure: unknown;

  readonly #memberships = new Reading<Membership[]>(this, async () => {
    const { memberships } = await this.app.api.json<{ memberships: Membership[] }>('GET', '/api/me');
    return memberships;
  });

  constructor() {
    super();
    this.busy = false;
    this.failure = null;
  }

  async #leave({ slug, name }: Membership['tenant'], here: boolean): Promise<void> {
    const agreed = await this.app.confirm({
      title: `Leave ${name}?`,
      message: `Your sessions and API keys there end${here ? ', this one too' : ''}. You come back by invitation only.`,
      confirm: 'Leave',
      danger: true,
    });
    if (!agreed || this.busy) return;
    this.busy = true;
    this.failure = null;
    try {
      await this.app.api.json('DELETE', `/api/me/memberships/${encodeURIComponent(slug)}`);
      this.app.notify(`You have left ${name}.`, 'success');
      await (here ? this.app.session.signOut() : this.#memberships.run());
    } catch (error) {
      this.failure = error;
    } finally {
      this.busy = false;
    }
  }

  override render() {
    return html`<section class="card stack" aria-labelledby="workspaces">
      <h2 id="workspaces">Your workspaces</h2>
      ${
        this.failure === null
          ? nothing
          : html`<p class="banner danger" role="alert">
              <bazaar-icon name="circle-alert"></bazaar-icon>${problemMessage(this.failure)}
            </p>`
      }
      ${this.#list()}
    </section>`;
  }

  #list() {
    const { value, failure } = this.#memberships;
    if (!value)
      return failure === null ? loadingState('workspaces') : failureState(failure, () => this.#memberships.run());
    return html`<ul class="list">
      ${value.map(({ tenant }) => this.#row(tenant))}
    </ul>`;
  }

  #row(tenant: Membership['tenant']) {
    const { state } = this.app.session;
    const here = state.status === 'signed-in' && state.tenant.slug === tenant.slug;
    return html`<li class="row between">
      <span><strong>${tenant.name}</strong> ${here ? html`<span class="chip success">This one</span>` : nothing}</span>
      <vaadin-button
        theme="small"
        aria-label="Leave ${tenant.name}"
        ?disabled=${this.busy}
        @click=${() => this.#leave(tenant, here)}
      >
        Leave
      </vaadin-button>
    </li>`;
  }
}

customElements.define('bz-workspaces-panel', WorkspacesPanel);
