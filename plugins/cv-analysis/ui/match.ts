import { BazaarElement, debounce, may, Reading, readingState } from '@bazaar/sdk/ui';
import { html, nothing, type PropertyValues } from 'lit';
import type { Output } from '../src/context.ts';
import { call } from './parts/call.ts';
import { matchStyles, matchView } from './parts/match-view.ts';
import { Processing, progressBar } from './parts/processing.ts';

type Comparison = Output<'applications.analysis'>;

/** How the CV of one application (`ctx.params.id`) compares with its job. */
class Match extends BazaarElement {
  static override styles = [BazaarElement.styles, matchStyles];

  readonly #comparison = new Reading<Comparison>(this, () =>
    call(this.ctx, 'applications.analysis', { applicationId: this.ctx.params.id ?? '' }),
  );
  readonly #refreshSoon = debounce(() => void this.#comparison.run(), 100);
  readonly #processing = new Processing(this, {
    // The event names the document, which is unknown here until there is a comparison.
    ended: () => this.#refreshSoon(),
    missed: () => this.#refreshSoon(),
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.listen('cv-analysis.application.scored', ({ applicationId }) => {
      if (applicationId === this.ctx.params.id) this.#refreshSoon();
    });
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('ctx');
    if (!changed.has('ctx') || before?.params.id === this.ctx.params.id) return;
    this.#comparison.clear();
    void this.#comparison.run();
  }

  override render() {
    return readingState(this.#comparison, {
      what: 'the match',
      show: (comparison) => html`<div aria-live="polite">${this.#state(comparison)}</div>`,
    });
  }

  #state({ status, failureMessage, analysis }: Comparison) {
    if (analysis !== null) {
      return html`<div class="stack">
        ${matchView(analysis)}
        ${
          may(this.ctx, 'documents.read')
            ? html`<p><a href="/cv-analysis/documents/${analysis.documentId}">Everything in the CV</a></p>`
            : nothing
        }
      </div>`;
    }
    const id = this.ctx.params.id ?? '';
    const progress = this.#processing.of({ id, applicationId: null, status });
    switch (status) {
      case 'none':
        return progress === null
          ? html`<p class="muted">No CV of this application has been read. A CV that comes with a new application is read by itself.</p>`
          : progressBar(progress);
      case 'queued':
        return progressBar(progress);
      case 'failed':
        return html`<div class="banner danger" role="alert">
          <bazaar-icon name="file-warning"></bazaar-icon>
          <span><strong>The CV could not be read.</strong> ${failureMessage ?? 'Ask for another copy.'}</span>
        </div>`;
      case 'parsed':
        return html`<p class="muted">The CV was read, but there is no comparison with the job.</p>`;
    }
  }
}

customElements.define('cv-analysis-match', Match);
