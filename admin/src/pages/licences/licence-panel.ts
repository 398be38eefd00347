import { formatDay, pageStyles } from '@bazaar/sdk/ui';
import { css, html, nothing } from 'lit';
import type { Page, PricingView } from '../../api/types.ts';
import { AppElement } from '../../app/app-element.ts';
import { failureState } from '../../shell/states.ts';
import { formatMoney } from '../format.ts';
import { Reading } from '../reading.ts';
import { Submission } from '../submission.ts';
import { expectedText, fullness, meaningOf, planTitle, usedText } from './describe.ts';
import type { LicenceDetails, MeterView, SeatView } from './types.ts';

/** The licence of one plugin: what it means, who sits on it, what was used and what that will cost. */
class LicencePanel extends AppElement {
  static override properties = {
    ...AppElement.properties,
    plugin: { attribute: false },
    name: { attribute: false },
    pricing: { attribute: false },
  };

  static override styles = [
    pageStyles,
    css`
      :host {
        display: block;
      }
      .state h2 {
        font-size: var(--bz-text-xl);
      }
      .usage {
        display: grid;
        gap: var(--bz-space-1);
      }
      .usage + .usage {
        margin-block-start: var(--bz-space-4);
      }
      .list > li {
        display: flex;
        flex-wrap: wrap;
        gap: var(--bz-space-2) var(--bz-space-4);
        align-items: center;
        justify-content: space-between;
        padding-inline: 0;
      }
      .person {
        min-width: 0;
        overflow-wrap: anywhere;
      }
    `,
  ];

  declare plugin: string;
  declare name: string;
  declare pricing: PricingView | null;

  readonly #reading = new Reading(this, async () => {
    const { api } = this.app;
    const { items } = await api.json<Page<LicenceDetails>>('GET', '/api/licences?limit=100');
    const licence = items.find(({ plugin }) => plugin === this.plugin) ?? null;
    const path = `/api/licences/${encodeURIComponent(this.plugin)}/seats?limit=100`;
    const seats = licence?.seats ? (await api.json<Page<SeatView>>('GET', path)).items : [];
    return { licence, seats };
  });

  readonly #submission = new Submission(this);

  override connectedCallback(): void {
    super.connectedCallback();
    for (const event of ['licence.changed', 'reconnected']) {
      this.whileConnected(this.app.realtime.on(event, () => void this.#reading.run()));
    }
  }

  async #release({ user }: SeatView): Promise<void> {
    const agreed = await this.app.confirm({
      title: `Release the seat of ${user.name}?`,
      message: `${user.name} cannot use ${this.name} any more until a seat is free. Nothing they made is lost.`,
      confirm: 'Release seat',
    });
    if (!agreed) return;
    await this.#submission.run(async () => {
      await this.app.api.json('DELETE', `/api/licences/${encodeURIComponent(this.plugin)}/seats/${user.id}`);
      this.app.notify(`The seat of ${user.name} is free.`, 'success');
      await this.#reading.run();
    });
  }

  override render() {
    const { value, failure } = this.#reading;
    if (!value) {
      return failure === null
        ? html`<div class="stack" role="status" aria-label="Loading the licence"><span class="skeleton block"></span></div>`
        : failureState(failure, () => this.#reading.run());
    }
    const { licence, seats } = value;
    return html`<div class="stack">
      ${this.#state(licence)} ${licence?.seats ? this.#seats(licence.seats, seats) : nothing}
      ${licence && licence.meters.length > 0 ? this.#usage(licence) : nothing}
    </div>`;
  }

  #state(licence: LicenceDetails | null) {
    const { title, text, look } = meaningOf(licence, this.name, this.pricing, Date.now());
    return html`<section class="card stack tight state" aria-label="Licence">
      <div class="row">
        <h2>${title}</h2>
        ${look === 'warning' || look === 'danger' ? html`<span class="chip ${look}">Needs attention</span>` : nothing}
      </div>
      <p>${text}</p>
      ${licence && licence.kind !== 'trial' ? html`<p class="muted small">Plan: ${planTitle(licence)}</p>` : nothing}
      ${
        licence?.state === 'active' && licence.validUntil === null
          ? nothing
          : html`<div class="actions">
              <a href="/admin/plugins/${this.plugin}?tab=plans">${licence ? 'See the plans' : 'See what it costs'}</a>
            </div>`
      }
    </section>`;
  }

  #seats({ limit, taken }: NonNullable<LicenceDetails['seats']>, seats: readonly SeatView[]) {
    const mayRelease = this.app.shell.data?.user.permissions.includes('core:licences.manage') ?? false;
    return html`<section class="card stack tight" aria-labelledby="seats">
      <h2 id="seats">Seats</h2>
      <p class="muted">
        <span class="number">${taken} of ${limit}</span> taken. People sit down when they first use ${this.name}.
      </p>
      ${
        seats.length === 0
          ? html`<p class="muted">Nobody has used it yet.</p>`
          : html`<ul class="list">
              ${seats.map(
                (seat) => html`<li>
                  <div class="person">
                    <strong>${seat.user.name}</strong> <span class="muted small">${seat.user.email}</span>
                    <div class="small muted">
                      Since ${formatDay(seat.takenAt)}${seat.valid ? nothing : html` · <span class="chip warning">No seat left</span>`}
                    </div>
                  </div>
                  ${
                    mayRelease
                      ? html`<vaadin-button
                          theme="small"
                          ?disabled=${this.#submission.busy}
                          aria-label="Release the seat of ${seat.user.name}"
                          @click=${() => this.#release(seat)}
                        >
                          Release
                        </vaadin-button>`
                      : nothing
                  }
                </li>`,
              )}
            </ul>`
      }
    </section>`;
  }

  #usage({ meters, forecast, kind }: LicenceDetails) {
    const currency = forecast?.currency ?? 'EUR';
    const total = forecast && kind === 'subscription' ? (forecast.plan ?? 0) + forecast.metered : null;
    return html`<section class="card stack tight" aria-labelledby="usage">
      <h2 id="usage">Usage</h2>
      ${
        forecast
          ? html`<p class="muted">From ${formatDay(forecast.since)} until ${formatDay(forecast.until)}.</p>`
          : nothing
      }
      ${meters.map((meter) => this.#meter(meter, currency))}
      ${
        total === null || !forecast
          ? nothing
          : html`<p class="row between">
              <span>${forecast.plan === null ? 'Expected besides the plan' : 'Expected for this month'}</span>
              <strong class="number">${formatMoney(total, currency)}</strong>
            </p>`
      }
    </section>`;
  }

  #meter(meter: MeterView, currency: string) {
    const percent = fullness(meter);
    return html`<div class="usage">
      <p class="row between"><strong>${meter.title}</strong><span class="number">${usedText(meter)}</span></p>
      <div class="meter" role="img" aria-label="${meter.title}: ${usedText(meter)}">
        <span style="inline-size: ${percent}%"></span>
      </div>
      <p class="small muted">${expectedText(meter, currency)}</p>
    </div>`;
  }
}

customElements.define('bz-licence', LicencePanel);
