import { ago, BazaarElement, debounce, formatMoment, Reading, readingState } from '@bazaar/sdk/ui';
import { css, html, nothing } from 'lit';
import type { Output } from '../src/context.ts';
import { call } from './parts/call.ts';

type Figures = Output<'dashboard.figures'>;

/** How many CVs wait, are read and failed, and the last ones read. */
class Recent extends BazaarElement {
  static override styles = [
    BazaarElement.styles,
    css`
      .latest li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: var(--bz-space-1) var(--bz-space-3);
        padding-inline: 0;
        overflow-wrap: anywhere;
      }
    `,
  ];

  readonly #figures = new Reading<Figures>(this, () => call(this.ctx, 'dashboard.figures', {}));
  readonly #refreshSoon = debounce(() => void this.#figures.run());

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#figures.run();
    for (const event of ['cv-analysis.document.parsed', 'cv-analysis.document.failed', 'reconnected']) {
      this.listen(event, () => this.#refreshSoon());
    }
  }

  override render() {
    return readingState(this.#figures, { what: 'figures', show: (figures) => this.#shown(figures) });
  }

  #shown(value: Figures) {
    const figures: [string, number][] = [
      ['Read', value.parsed],
      ['Waiting', value.queued],
      ['Could not be read', value.failed],
    ];
    return html`<div class="stack">
      <dl class="figures">
        ${figures.map(([name, figure]) => html`<div><dt>${name}</dt><dd class="number">${figure}</dd></div>`)}
      </dl>
      ${value.latest.length === 0 ? html`<p class="muted">No CV has been read yet.</p>` : this.#latest(value.latest)}
      <p><a href="/cv-analysis/documents">All CVs</a></p>
    </div>`;
  }

  #latest(latest: Figures['latest']) {
    return html`<ul class="list latest" aria-label="Last read">
      ${latest.map(
        ({ id, candidateName, fileName, headline, parsedAt }) => html`<li>
          <a href="/cv-analysis/documents/${id}">${candidateName ?? fileName}</a>
          ${
            parsedAt === null
              ? html`<span></span>`
              : html`<time class="small muted" datetime=${parsedAt} title=${formatMoment(parsedAt)}>${ago(parsedAt)}</time>`
          }
          ${headline === null ? nothing : html`<span class="small muted">${headline}</span>`}
        </li>`,
      )}
    </ul>`;
  }
}

customElements.define('cv-analysis-recent', Recent);
