import { ago, Listing, listingState, pageStyles } from '@bazaar/sdk/ui';
import { css, html, nothing } from 'lit';
import { readPage } from '../../api/read-page.ts';
import { AppElement } from '../../app/app-element.ts';
import { Submission } from '../submission.ts';
import { deviceName, isHandheld } from './device-name.ts';
import type { SessionView } from './types.ts';

/** Where the person is signed in. */
class SessionsPanel extends AppElement {
  static override styles = [
    pageStyles,
    css`
      li {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        gap: var(--bz-space-3);
        align-items: center;
      }
    `,
  ];

  readonly #sessions = new Listing<SessionView>(this, (page) => readPage(this.app.api, '/api/sessions', page));

  readonly #submission = new Submission(this);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#sessions.restart();
  }

  #change(work: () => Promise<unknown>, done: string): Promise<void> {
    return this.#submission.run(async () => {
      await work();
      this.app.notify(done, 'success');
      await this.#sessions.refresh();
    });
  }

  #end({ id, userAgent }: SessionView): void {
    void this.#change(
      () => this.app.api.json('DELETE', `/api/sessions/${id}`),
      `${deviceName(userAgent)} is signed out.`,
    );
  }

  async #endOthers(): Promise<void> {
    const agreed = await this.app.confirm({
      title: 'Sign out everywhere else?',
      message: 'Every other device and browser has to sign in again, in all your workspaces.',
      confirm: 'Sign out everywhere else',
      danger: true,
    });
    if (!agreed) return;
    await this.#change(
      () => this.app.api.json('POST', '/api/sessions/revoke-others', { body: {} }),
      'You are signed out everywhere else.',
    );
  }

  override render() {
    return html`<section class="card stack" aria-labelledby="sessions">
      <div class="row between">
        <h2 id="sessions">Where you are signed in</h2>
        <vaadin-button theme="error" ?disabled=${this.#submission.busy} @click=${() => this.#endOthers()}>
          Sign out everywhere else
        </vaadin-button>
      </div>
      ${listingState(this.#sessions, {
        noun: ['session', 'sessions'],
        none: () => html`<p class="muted">Nowhere.</p>`,
        show: (items) => html`<ul class="list">${items.map((one) => this.#row(one))}</ul>`,
      })}
    </section>`;
  }

  #row(session: SessionView) {
    const { current, ip, userAgent, lastUsedAt, createdAt } = session;
    const name = deviceName(userAgent);
    return html`<li>
      <bazaar-icon name=${isHandheld(userAgent) ? 'phone' : 'laptop'}></bazaar-icon>
      <div class="stack tight">
        <p><strong>${name}</strong> ${current ? html`<span class="chip success">This one</span>` : nothing}</p>
        <p class="small muted">${ip ?? 'unknown address'} · used ${ago(lastUsedAt)} · since ${ago(createdAt)}</p>
      </div>
      ${
        current
          ? nothing
          : html`<vaadin-button
              theme="small"
              aria-label="Sign out ${name}"
              ?disabled=${this.#submission.busy}
              @click=${() => this.#end(session)}
            >
              Sign out
            </vaadin-button>`
      }
    </li>`;
  }
}

customElements.define('bz-sessions-panel', SessionsPanel);
