import {
  counted,
  formatSize,
  formErrors,
  may,
  pageStyles,
  problemMessage,
  type UiContext,
  UiProblem,
} from '@bazaar/sdk/ui';
import { css, html, LitElement, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { call } from './call.ts';
import type { JobChosen } from './job-picker.ts';
import './job-picker.ts';

interface Item {
  readonly file: File;
  readonly jobId: string | undefined;
  state: 'waiting' | 'sending' | 'stored' | 'refused';
  percent: number;
  documentId: string | null;
  /** Why the server refused it. */
  refusal: string;
  /** Whether the same file may be taken another time: the server did not judge it. */
  canRepeat: boolean;
}

const AT_ONCE = 2;

/** Takes CVs by button or drop and sends them, a few at a time. Fires `stored` for each that the server has taken. */
export class Upload extends LitElement {
  static override properties = {
    ctx: { attribute: false },
    items: { state: true },
    dropping: { state: true },
  };

  static override styles = [
    pageStyles,
    css`
      .zone {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) minmax(0, 20rem);
        gap: var(--bz-space-4) var(--bz-space-5);
        align-items: center;
        border-style: dashed;
        border-color: var(--bz-border-strong);
      }
      .zone.dropping {
        border-color: var(--bz-accent-text);
        background: var(--bz-accent-soft);
      }
      .choose {
        display: inline-flex;
        gap: var(--bz-space-2);
        align-items: center;
        padding: 0.5rem 0.875rem;
        border-radius: var(--bz-radius-m);
        font-weight: 550;
        color: var(--bz-on-accent);
        background: var(--bz-accent);
        cursor: pointer;
      }
      .choose:hover {
        background: var(--bz-accent-hover);
      }
      input:focus-visible + .choose {
        box-shadow: var(--bz-focus);
      }
      .picked {
        position: relative;
      }
      .files > li {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        gap: var(--bz-space-1) var(--bz-space-3);
        align-items: center;
      }
      .files .name {
        overflow-wrap: anywhere;
        font-weight: 550;
      }
      .files .more {
        grid-column: 2 / -1;
      }
      .refused bazaar-icon,
      .refusal {
        color: var(--bz-danger);
      }
      .stored > bazaar-icon {
        color: var(--bz-success);
      }
      @media (max-width: 720px) {
        .zone {
          grid-template-columns: minmax(0, 1fr);
          justify-items: stretch;
        }
        .choose {
          justify-content: center;
          width: 100%;
        }
      }
    `,
  ];

  declare ctx: UiContext;
  declare items: readonly Item[];
  declare dropping: boolean;

  #jobId: string | undefined;

  constructor() {
    super();
    this.items = [];
    this.dropping = false;
  }

  override willUpdate(): void {
    // What was sent stays to be seen when nothing more can be.
    this.toggleAttribute('hidden', this.ctx.readOnly && this.items.length === 0);
  }

  #add(files: Iterable<File>): void {
    const added = [...files].map(
      (file): Item => ({
        file,
        jobId: this.#jobId,
        state: 'waiting',
        percent: 0,
        documentId: null,
        refusal: '',
        canRepeat: false,
      }),
    );
    this.items = [...added, ...this.items];
    this.#sendNext();
  }

  #sendNext(): void {
    const sending = this.items.filter(({ state }) => state === 'sending').length;
    const waiting = this.items.filter(({ state }) => state === 'waiting');
    for (const item of waiting.slice(0, Math.max(0, AT_ONCE - sending))) void this.#send(item);
  }

  async #send(item: Item): Promise<void> {
    const { file, jobId } = item;
    item.state = 'sending';
    item.percent = 0;
    this.requestUpdate();
    try {
      const onProgress = (percent: number) => {
        item.percent = percent;
        this.requestUpdate();
      };
      const { id } = await call(this.ctx, 'documents.upload', { jobId }, { files: { cv: file }, onProgress });
      item.documentId = id;
      item.state = 'stored';
      this.dispatchEvent(new CustomEvent('stored', { detail: id }));
    } catch (error) {
      item.state = 'refused';
      item.canRepeat = !(error instanceof UiProblem) || error.status === 429 || error.status >= 500;
      item.refusal = [...formErrors(error).values()].join(' ') || problemMessage(error);
    }
    this.requestUpdate();
    this.#sendNext();
  }

  #again(item: Item): void {
    item.state = 'waiting';
    item.refusal = '';
    this.requestUpdate();
    this.#sendNext();
  }

  #drop(event: DragEvent): void {
    event.preventDefault();
    this.dropping = false;
    if (event.dataTransfer) this.#add(event.dataTransfer.files);
  }

  #leave(event: DragEvent): void {
    // Moving onto a child is no leaving.
    const zone = event.currentTarget as HTMLElement;
    if (!(event.relatedTarget instanceof Node && zone.contains(event.relatedTarget))) this.dropping = false;
  }

  override render() {
    return html`<section class="stack" aria-label="Upload">
      <div
        ?hidden=${this.ctx.readOnly}
        class="card zone ${this.dropping ? 'dropping' : ''}"
        @dragover=${(event: DragEvent) => {
          event.preventDefault();
          this.dropping = true;
        }}
        @dragleave=${this.#leave}
        @drop=${this.#drop}
      >
        <div class="picked">
          <input
            id="files"
            class="visually-hidden"
            type="file"
            accept=".pdf,.docx"
            multiple
            aria-describedby="hint"
            @change=${(event: Event) => {
              const input = event.currentTarget as HTMLInputElement;
              this.#add(input.files ?? []);
              // The same file may be chosen again.
              input.value = '';
            }}
          />
          <label class="choose" for="files"><bazaar-icon name="upload"></bazaar-icon>Upload CVs</label>
        </div>
        <p class="muted" id="hint">or drop them here. PDF or Word (.docx), at most 10 MB each.</p>
        ${
          may(this.ctx, 'analyses.read')
            ? html`<cv-analysis-job-picker
                .ctx=${this.ctx}
                label="Compare with job"
                @job-chosen=${(event: JobChosen) => {
                  this.#jobId = event.detail?.id;
                }}
              ></cv-analysis-job-picker>`
            : nothing
        }
      </div>
      <p class="visually-hidden" role="status">${this.#account()}</p>
      ${this.items.length === 0 ? nothing : this.#files()}
    </section>`;
  }

  #account(): string {
    const count = (state: Item['state']) => this.items.filter((item) => item.state === state).length;
    if (this.items.length === 0 || count('waiting') + count('sending') > 0) return '';
    const refused = count('refused');
    return `${counted(count('stored'), 'file')} uploaded${refused === 0 ? '.' : `, ${refused} refused.`}`;
  }

  #files() {
    const isOver = this.items.every(({ state }) => state === 'stored' || state === 'refused');
    return html`<div class="card flush">
      <ul class="list files" aria-label="Files">
        ${repeat(
          this.items,
          (item) => item,
          (item) => this.#file(item),
        )}
      </ul>
      ${
        isOver
          ? html`<div class="actions end" style="padding: 0 var(--bz-space-4) var(--bz-space-3)">
              <vaadin-button theme="small tertiary" @click=${() => {
                this.items = [];
              }}>Clear this list</vaadin-button>
            </div>`
          : nothing
      }
    </div>`;
  }

  #file(item: Item) {
    const { file, state, percent, documentId, refusal, canRepeat } = item;
    const icon = state === 'stored' ? 'circle-check' : state === 'refused' ? 'circle-alert' : 'file-text';
    return html`<li class=${state}>
      <bazaar-icon name=${icon}></bazaar-icon>
      <span><span class="name">${file.name}</span> <span class="small muted number">${formatSize(file.size)}</span></span>
      <span class="small">
        ${
          state === 'stored'
            ? html`<a href="/cv-analysis/documents/${documentId}">Open<span class="visually-hidden"> ${file.name}</span></a>`
            : state === 'refused'
              ? canRepeat && !this.ctx.readOnly
                ? html`<vaadin-button theme="small tertiary" aria-label="Try again: ${file.name}" @click=${() => this.#again(item)}>Try again</vaadin-button>`
                : nothing
              : html`<span class="number muted">${state === 'sending' ? `${percent} %` : 'Waiting'}</span>`
        }
      </span>
      ${
        state === 'sending'
          ? html`<vaadin-progress-bar class="more" aria-label="Upload of ${file.name}" .value=${percent / 100}></vaadin-progress-bar>`
          : state === 'refused'
            ? html`<p class="more small refusal" role="alert">${refusal}</p>`
            : nothing
      }
    </li>`;
  }
}

customElements.define('cv-analysis-upload', Upload);
