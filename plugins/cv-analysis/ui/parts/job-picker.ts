import { debounce, pageStyles, problemMessage, Retry, type UiContext } from '@bazaar/sdk/ui';
import { css, html, LitElement, nothing } from 'lit';
import type { Output } from '../../src/context.ts';
import { call } from './call.ts';

type Options = Output<'jobs.options'>;
export type JobOption = Options['items'][number];

/** Detail of `job-chosen`: the job, or `null` when the choice was taken away. */
export type JobChosen = CustomEvent<JobOption | null>;

/** Detail of `jobs-known`. */
export type JobsKnown = CustomEvent<{ hasBoard: boolean; hasAny: boolean }>;

/**
 * `<cv-analysis-job-picker .ctx .label .value>`: a job of the job board. Takes no room when there is no job board.
 * Fires `job-chosen`, and once `jobs-known` with whether there is a job board, and any job to choose.
 */
export class JobPicker extends LitElement {
  static override properties = {
    ctx: { attribute: false },
    label: { type: String },
    helper: { type: String },
    value: { attribute: false },
    options: { state: true },
    failure: { state: true },
  };

  static override styles = [
    pageStyles,
    css`
      vaadin-combo-box {
        width: 100%;
      }
    `,
  ];

  declare ctx: UiContext;
  declare label: string;
  declare helper: string;
  /** Id of the chosen job; an empty string for none. */
  declare value: string;
  declare options: Options | null;
  declare failure: unknown;

  #query = '';
  #chosen: JobOption | null = null;
  #attempt = 0;
  readonly #readSoon = debounce(() => void this.#read());
  readonly #retry = new Retry();

  constructor() {
    super();
    this.label = 'Job';
    this.helper = '';
    this.value = '';
    this.options = null;
    this.failure = null;
  }

  override firstUpdated(): void {
    void this.#read();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#retry.reset();
  }

  async #read(): Promise<void> {
    this.#retry.cancel();
    this.#attempt += 1;
    const attempt = this.#attempt;
    try {
      const options = await call(this.ctx, 'jobs.options', { query: this.#query || undefined });
      if (attempt !== this.#attempt) return;
      // The box shows the title of the chosen job only while it is among its items.
      const chosen = this.#chosen;
      if (chosen !== null && !this.#query && !options.items.some(({ id }) => id === chosen.id)) {
        options.items.push(chosen);
      }
      const isFirst = this.options === null;
      this.#retry.reset();
      this.failure = null;
      this.options = options;
      const known = { hasBoard: options.available, hasAny: options.items.length > 0 };
      if (isFirst) this.dispatchEvent(new CustomEvent('jobs-known', { detail: known }));
    } catch (error) {
      if (attempt !== this.#attempt) return;
      this.failure = error;
      this.#retry.after(error, () => void this.#read());
    }
  }

  #choose(id: string): void {
    if (id === this.value) return;
    this.value = id;
    this.#chosen = this.options?.items.find((item) => item.id === id) ?? null;
    this.dispatchEvent(new CustomEvent<JobOption | null>('job-chosen', { detail: this.#chosen }));
  }

  override render() {
    if (this.failure !== null) {
      return html`<div class="row" role="alert">
        <span class="small">Jobs could not be loaded. ${problemMessage(this.failure)}</span>
        <vaadin-button theme="small" @click=${() => this.#read()}>Try again</vaadin-button>
      </div>`;
    }
    if (this.options === null || !this.options.available) return nothing;
    return html`<vaadin-combo-box
      label=${this.label}
      helper-text=${this.helper}
      placeholder="Choose a job"
      clear-button-visible
      item-value-path="id"
      item-label-path="title"
      .filteredItems=${this.options.items}
      .value=${this.value}
      @filter-changed=${(event: CustomEvent<{ value: string }>) => {
        if (event.detail.value === this.#query) return;
        this.#query = event.detail.value;
        this.#readSoon();
      }}
      @value-changed=${(event: CustomEvent<{ value: string }>) => this.#choose(event.detail.value)}
    ></vaadin-combo-box>`;
  }
}

customElements.define('cv-analysis-job-picker', JobPicker);
