import {
  BazaarElement,
  debounce,
  emptyState,
  formatSize,
  may,
  mayWrite,
  problemMessage,
  Reading,
  readingState,
  timeAgo,
  UiProblem,
} from '@bazaar/sdk/ui';
import { css, html, nothing, type PropertyValues } from 'lit';
import type { Output } from '../src/context.ts';
import { call } from './parts/call.ts';
import type { Cv } from './parts/career.ts';
import { statusChip } from './parts/chips.ts';
import { formatMonths } from './parts/format.ts';
import { Processing, progressBar } from './parts/processing.ts';
import {
  certificationsSection,
  contactSection,
  educationSection,
  experienceSection,
  hiddenTextNote,
  languagesSection,
  licencesSection,
  profileStyles,
  skillsSection,
} from './parts/profile.ts';
import { canRetry, retry } from './parts/retry.ts';
import { EDUCATION_LEVELS } from './parts/words.ts';
import './parts/match-panel.ts';

type Shown = Output<'documents.get'>;
type Document = Shown['document'];

/** One CV: everything read from it with the passages, and how it compares with jobs. */
class DocumentScreen extends BazaarElement {
  static override properties = { ...BazaarElement.properties, working: { state: true } };

  static override styles = [
    BazaarElement.styles,
    profileStyles,
    css`
    `,
  ];

  declare working: boolean;

  readonly #shown = new Reading<Shown>(this, () => call(this.ctx, 'documents.get', { id: this.ctx.params.id ?? '' }));
  readonly #refreshSoon = debounce(() => void this.#shown.run(), 100);
  readonly #processing = new Processing(this, {
    ended: (id) => {
      if (id === this.ctx.params.id) this.#refreshSoon();
    },
    missed: () => this.#refreshSoon(),
  });

  constructor() {
    super();
    this.working = false;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('ctx');
    if (!changed.has('ctx') || before?.params.id === this.ctx.params.id) return;
    this.#shown.clear();
    void this.#shown.run();
  }

  override updated(): void {
    const { value } = this.#shown;
    if (value) this.ctx.setTitle(value.document.candidateName ?? value.document.fileName);
  }

  async #retry(id: string): Promise<void> {
    this.working = true;
    this.#processing.forget(id);
    await retry(this.ctx, id);
    await this.#shown.run();
    this.working = false;
  }

  async #download(id: string): Promise<void> {
    try {
      await this.ctx.download('documents.file', { id });
    } catch (error) {
      this.ctx.notify(problemMessage(error), 'error');
    }
  }

  async #delete({ id, fileName, candidateName, source }: Document): Promise<void> {
    const sure = await this.ctx.confirm({
      title: 'Delete this CV?',
      message:
        source === 'application'
          ? `What was read from the CV of ${candidateName ?? fileName} and its comparisons are deleted. The file stays with the application.`
          : `The file of ${candidateName ?? fileName}, what was read from it and its comparisons are deleted. This cannot be undone.`,
      confirm: 'Delete',
      danger: true,
    });
    if (!sure) return;
    this.working = true;
    try {
      await call(this.ctx, 'documents.delete', { id });
      this.ctx.notify('The CV was deleted.', 'success');
      this.ctx.navigate('/cv-analysis/documents');
    } catch (error) {
      this.ctx.notify(problemMessage(error), 'error');
    }
    this.working = false;
  }

  override render() {
    const { failure } = this.#shown;
    return html`<div class="page">
      ${
        failure instanceof UiProblem && failure.status === 404
          ? this.#gone()
          : readingState(this.#shown, { what: 'the CV', show: (shown) => this.#cv(shown) })
      }
    </div>`;
  }

  #cv({ document, analyses }: Shown) {
    const { data } = document;
    return html`${this.#header(document)} ${this.#state(document)}
      <div class="with-aside">
        <div class="stack">${data === null ? this.#unread(document) : this.#main(document, data, analyses)}</div>
        <aside class="stack" aria-label="Facts">
          ${data === null ? nothing : [contactSection(data), licencesSection(data), certificationsSection(data), languagesSection(data)]}
          ${this.#file(document)}
        </aside>
      </div>`;
  }

  #gone() {
    return emptyState(
      'file-x',
      'This CV is not here',
      'It was deleted, or the address is mistyped.',
      html`<vaadin-button theme="primary" @click=${() => this.ctx.navigate('/cv-analysis/documents')}>All CVs</vaadin-button>`,
    );
  }

  #header(document: Document) {
    const { id, candidateName, fileName, headline, experienceMonths, highestEducation } = document;
    const facts = [
      experienceMonths ? `${formatMonths(experienceMonths)} of experience` : '',
      highestEducation === null ? '' : (EDUCATION_LEVELS[highestEducation] ?? ''),
    ].filter(Boolean);
    return html`<header class="page-header">
      <div>
        <h1>${candidateName ?? fileName}</h1>
        ${headline === null ? nothing : html`<p class="subtitle"><bdi>${headline}</bdi></p>`}
        <p class="row" style="margin-block-start: var(--bz-space-2)">
          ${statusChip(this.#processing.of(document) === null ? document.status : 'processing')}
          ${facts.length === 0 ? nothing : html`<span class="muted">${facts.join(' · ')}</span>`}
        </p>
      </div>
      <div class="actions">
        <vaadin-button @click=${() => this.#download(id)}>
          <bazaar-icon name="download" slot="prefix"></bazaar-icon>Download
        </vaadin-button>
        ${
          mayWrite(this.ctx, 'documents.write')
            ? html`<vaadin-button theme="error" ?disabled=${this.working} @click=${() => this.#delete(document)}>
                <bazaar-icon name="trash-2" slot="prefix"></bazaar-icon>Delete
              </vaadin-button>`
            : nothing
        }
      </div>
    </header>`;
  }

  /** Where the reading stands, or why it failed. */
  #state(document: Document) {
    const progress = this.#processing.of(document);
    const again =
      mayWrite(this.ctx, 'documents.write') && canRetry(document, progress !== null)
        ? html`<vaadin-button ?disabled=${this.working} @click=${() => this.#retry(document.id)}>
            <bazaar-icon name="rotate-cw" slot="prefix"></bazaar-icon>${document.status === 'failed' ? 'Retry' : 'Read now'}
          </vaadin-button>`
        : nothing;
    if (document.status === 'failed') {
      return html`<div class="banner danger" role="alert">
        <bazaar-icon name="file-warning"></bazaar-icon>
        <div class="stack tight" style="flex: 1">
          <strong>This CV could not be read</strong>
          <p>${document.failureMessage ?? 'Try again, or upload another copy.'}</p>
          <div class="actions">${again}</div>
        </div>
      </div>`;
    }
    if (document.status === 'parsed') return nothing;
    return html`<section class="card row" aria-label="Reading">
      <div style="flex: 1 1 14rem">${progressBar(progress)}</div>
      ${again}
    </section>`;
  }

  #unread({ status }: Document) {
    return html`<div class="empty">
      <bazaar-icon name=${status === 'failed' ? 'file-x' : 'scan-text'}></bazaar-icon>
      <h2>${status === 'failed' ? 'Nothing was read from this CV' : 'What the CV says appears here'}</h2>
      <p>${status === 'failed' ? 'The file itself can still be downloaded.' : 'Reading takes a few seconds; this page updates by itself.'}</p>
    </div>`;
  }

  #main(document: Document, data: Cv, analyses: Shown['analyses']) {
    return html`
      ${hiddenTextNote(data)}
      ${
        data.summary === null
          ? nothing
          : html`<section class="card" aria-label="Summary"><h2>Summary</h2><p class="text">${data.summary}</p></section>`
      }
      ${
        may(this.ctx, 'analyses.read')
          ? html`<cv-analysis-match-panel
              .ctx=${this.ctx}
              .documentId=${document.id}
              .analyses=${analyses}
              @compared=${() => this.#shown.run()}
            ></cv-analysis-match-panel>`
          : nothing
      }
      ${experienceSection(data)} ${skillsSection(data)} ${educationSection(data)}
      ${
        data.projects === null
          ? nothing
          : html`<section class="card" aria-label="Projects"><h2>Projects</h2><p class="text">${data.projects}</p></section>`
      }
    `;
  }

  #file({ fileName, fileType, fileSize, source, applicationId, createdAt, parsedAt }: Document) {
    return html`<section class="card" aria-label="File">
      <h2>File</h2>
      <dl class="facts">
        <dt>Name</dt>
        <dd>${fileName}</dd>
        <dt>Type</dt>
        <dd>${fileType === 'application/pdf' ? 'PDF' : 'Word'}, ${formatSize(fileSize)}</dd>
        <dt>Came</dt>
        <dd>
          ${timeAgo(createdAt)}${
            source === 'upload'
              ? ', uploaded'
              : applicationId === null
                ? ', with an application'
                : html`, with <a href="/job-board/applications/${applicationId}">an application</a>`
          }
        </dd>
        ${parsedAt === null ? nothing : html`<dt>Read</dt><dd>${timeAgo(parsedAt)}</dd>`}
      </dl>
    </section>`;
  }
}

customElements.define('cv-analysis-document', DocumentScreen);
