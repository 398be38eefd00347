import { ago, BazaarElement, debounce, formatMoment, Reading, readingState } from '@bazaar/sdk/ui';
import { css, html } from 'lit';
import type { Output } from '../src/context.ts';
import { call } from './parts/call.ts';
import { scoreChip } from './parts/chips.ts';

type Figures = Output<'dashboard.figures'>;

/** Open jobs and new applications on the dashboard. */
class Dashboard extends BazaarElement {
  static override styles = [
    BazaarElement.styles,
    css`
      .latest li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: var(--bz-space-1) var(--bz-space-3);
        padding-inline: 0;
      }
      .latest li > :nth-child(2n) {
        justify-self: end;
      }
    `,
  ];

  readonly #figures = new Reading<Figures>(this, () => call(this.ctx, 'dashboard.figures', {}));
  readonly #refreshSoon = debounce(() => void this.#figures.run());

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#figures.run();
    for (const event of ['application.submitted', 'application.changed', 'job.published']) {
      this.listen(`job-board.${event}`, () => this.#refreshSoon());
    }
    this.listen('reconnected', () => this.#refreshSoon());
  }

  override render() {
    return readingState(this.#figures, { what: 'figures', show: (figures) => this.#shown(figures) });
  }

  #shown(value: Figures) {
    const figures: [string, number][] = [
      ['Open jobs', value.openJobs],
      ['New in 7 days', value.newApplications],
      ['Not looked at', value.waiting],
      ['Interviewing', value.interviewing],
      ['Offers', value.offers],
    ];
    return html`<div class="stack">
      <dl class="figures">
        ${figures.map(([name, figure]) => html`<div><dt>${name}</dt><dd class="number">${figure}</dd></div>`)}
      </dl>
      ${
        value.latest.length === 0
          ? html`<p class="muted">No applications under way.</p>`
          : html`<div>
              <h3>Latest applications</h3>
              <ul class="list latest">
                ${value.latest.map(
                  (item) => html`<li>
                    <a href="/job-board/applications/${item.id}">${item.candidateName}</a>
                    ${scoreChip(item.score)}
                    <span class="small muted"><bdi>${item.jobTitle}</bdi></span>
                    <time class="small muted" datetime=${item.appliedAt} title=${formatMoment(item.appliedAt)}>${ago(item.appliedAt)}</time>
                  </li>`,
                )}
              </ul>
            </div>`
      }
      <p class="row">
        <a href="/job-board/jobs">All jobs</a>
        <a href="/job-board/applications">All applications</a>
      </p>
    </div>`;
  }
}

customElements.define('job-board-dashboard', Dashboard);
