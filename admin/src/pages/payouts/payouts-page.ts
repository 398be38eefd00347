import { counted, emptyState, pageStyles, problemMessage } from '@bazaar/sdk/ui';
import { css, html, nothing } from 'lit';
import type { Page } from '../../api/types.ts';
import { AppElement } from '../../app/app-element.ts';
import { saveFile } from '../../plugin-host/save-file.ts';
import { failureState } from '../../shell/states.ts';
import { submitOnEnter } from '../entrance.ts';
import { formatMoney } from '../format.ts';
import { chip } from '../plugins/parts.ts';
import { Reading } from '../reading.ts';
import { Submission } from '../submission.ts';
import type { PublisherView, ReportLine, TransferRun } from './types.ts';

interface Shown {
  publishers: PublisherView[];
  lines: ReportLine[];
}

const STATES = {
  none: { text: 'No account yet', look: '' },
  onboarding: { text: 'Has not said who it is', look: 'warning' },
  restricted: { text: 'Something is missing', look: 'danger' },
  enabled: { text: 'Gets payouts', look: 'success' },
} as const;

const COLUMNS: readonly [keyof ReportLine, string][] = [
  ['sales', 'Sales'],
  ['tax', 'Tax'],
  ['platformFee', 'Platform'],
  ['share', 'Share'],
  ['transferred', 'Transferred'],
  ['paidOut', 'Paid out'],
  ['held', 'Resting'],
  ['due', 'Due'],
];

/** What publishers earned and got, for operators. */
class Payouts extends AppElement {
  static override properties = {
    ...AppElement.properties,
    asked: { state: true },
  };

  static override styles = [
    pageStyles,
    css`
      .scroll {
        overflow-x: auto;
      }
      table {
        width: 100%;
        border-collapse: collapse;
      }
      th,
      td {
        padding: var(--bz-space-2) var(--bz-space-3);
        text-align: right;
        white-space: nowrap;
        font-variant-numeric: tabular-nums;
      }
      th:first-child,
      td:first-child {
        text-align: left;
      }
      form {
        display: grid;
        gap: var(--bz-space-3);
        min-width: min(24rem, 80vw);
      }
    `,
  ];

  declare asked: PublisherView | null;

  readonly #reading = new Reading<Shown>(this, async () => {
    const { api } = this.app;
    const [publishers, report] = await Promise.all([
      api.json<Page<PublisherView>>('GET', '/api/operator/publishers?limit=100'),
      api.json<{ items: ReportLine[] }>('GET', '/api/operator/payouts'),
    ]);
    return { publishers: publishers.items, lines: report.items };
  });

  readonly #submission = new Submission(this);

  constructor() {
    super();
    this.asked = null;
  }

  #transfer(): void {
    void this.#submission.run(async () => {
      const { sent, waiting, reversed } = await this.app.api.json<TransferRun>('POST', '/api/operator/payouts/run');
      const done = [
        ...(sent === 0 ? [] : [`${sent} transferred.`]),
        ...(reversed === 0 ? [] : [`${counted(reversed, 'transfer')} taken back, at least in part.`]),
      ];
      const rest = waiting === 0 ? '' : ` ${waiting} could not be sent and will be tried again.`;
      this.app.notify(
        `${done.length === 0 ? 'Nothing was due.' : done.join(' ')}${rest}`,
        waiting ? 'error' : 'success',
      );
      await this.#reading.run();
    });
  }

  #onboard(): void {
    const { asked } = this;
    const root = this.renderRoot;
    const value = (name: string) =>
      (root.querySelector(`[name="${name}"]`) as HTMLInputElement | null)?.value.trim() ?? '';
    if (asked === null) return;
    void this.#submission.run(async () => {
      const body = { name: asked.name, email: value('email'), country: value('country').toUpperCase() };
      const { onboardingUrl } = await this.app.api.json<{ onboardingUrl: string }>('POST', '/api/operator/publishers', {
        body,
      });
      location.assign(onboardingUrl);
    });
  }

  async #download(): Promise<void> {
    try {
      saveFile(await this.app.api.file('GET', '/api/operator/payouts.csv'));
    } catch (error) {
      this.app.notify(problemMessage(error), 'error');
    }
  }

  override render() {
    const { value, failure } = this.#reading;
    return html`<div class="page">
      <header class="page-header">
        <div>
          <h1>Payouts</h1>
          <p class="subtitle">What publishers earned in the last 30 days, and what they are still owed.</p>
        </div>
        <div class="row">
          <vaadin-button @click=${() => void this.#download()}>Download CSV</vaadin-button>
          <vaadin-button theme="primary" ?disabled=${this.#submission.busy} @click=${() => this.#transfer()}>Transfer what is due</vaadin-button>
        </div>
      </header>
      ${failure !== null ? failureState(failure, () => this.#reading.run()) : value ? this.#shown(value) : this.#skeleton()}
    </div>`;
  }

  #shown({ publishers, lines }: Shown) {
    if (publishers.length === 0) {
      return emptyState(
        'credit-card',
        'No publishers yet',
        'They appear with the first sale of a plugin that is not the platform’s own.',
      );
    }
    return html`
      ${lines.length === 0 ? nothing : this.#table(lines)}
      ${
        lines.some(({ due }) => due < 0)
          ? html`<p class="small muted">
              What is due is negative where payments were given back after their share was transferred. It is taken back
              from the publisher’s account as far as there is something; the rest comes off the next transfers.
            </p>`
          : nothing
      }
      <ul class="list rows card flush">
        ${publishers.map((publisher) => html`<li>${this.#publisher(publisher)}</li>`)}
      </ul>
      ${this.asked === null ? nothing : this.#form(this.asked)}
    `;
  }

  #table(lines: readonly ReportLine[]) {
    return html`<div class="card flush scroll" tabindex="0" role="region" aria-label="Report">
      <table>
        <thead>
          <tr>
            <th scope="col">Publisher</th>
            ${COLUMNS.map(([, title]) => html`<th scope="col">${title}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${lines.map(
            (line) => html`<tr>
              <td>${line.publisher}</td>
              ${COLUMNS.map(([name]) => html`<td>${formatMoney(Number(line[name]), line.currency.toUpperCase())}</td>`)}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  #publisher(publisher: PublisherView) {
    const { name, state, requirements, feePercent } = publisher;
    return html`
      <div>
        <h2>${name}</h2>
        <p class="row small muted">
          ${chip(STATES[state])}
          ${feePercent === null ? nothing : html`<span>The platform keeps ${feePercent} %</span>`}
          ${requirements.length === 0 ? nothing : html`<span>Missing: ${requirements.join(', ')}</span>`}
        </p>
      </div>
      ${
        state === 'enabled'
          ? nothing
          : html`<vaadin-button
              theme="small"
              aria-label="Set up payouts of ${name}"
              @click=${() => {
                this.asked = publisher;
              }}
              >Set up payouts</vaadin-button
            >`
      }
    `;
  }

  #form({ name, email, country }: PublisherView) {
    return html`<section class="card">
      <form @submit=${(event: Event) => event.preventDefault()} @keydown=${submitOnEnter(() => this.#onboard())}>
        <h2>Payouts of ${name}</h2>
        <p class="muted small">The publisher says who it is on a page of the payment provider, which opens next.</p>
        <vaadin-email-field name="email" label="E-mail" required .value=${email ?? ''}></vaadin-email-field>
        <vaadin-text-field
          name="country"
          label="Country, as two letters"
          required
          maxlength="2"
          .value=${country ?? 'DE'}
        ></vaadin-text-field>
        <div class="row">
          <vaadin-button theme="primary" ?disabled=${this.#submission.busy} @click=${() => this.#onboard()}>Continue</vaadin-button>
          <vaadin-button
            theme="tertiary"
            @click=${() => {
              this.asked = null;
            }}
            >Cancel</vaadin-button
          >
        </div>
      </form>
    </section>`;
  }

  #skeleton() {
    return html`<div class="stack" role="status" aria-label="Loading">
      <span class="skeleton block"></span><span class="skeleton block"></span>
    </div>`;
  }
}

customElements.define('bz-payouts', Payouts);
