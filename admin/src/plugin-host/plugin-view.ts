import type { CrashDetail, UiContext } from '@bazaar/sdk/ui';
import { pageStyles, problemMessage } from '@bazaar/sdk/ui';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { styleMap } from 'lit/directives/style-map.js';
import type { FrameSlot } from '../plugin-frame/frame-session.ts';
import { nearView } from '../plugin-frame/near-view.ts';
import { FramedPart } from './framed-part.ts';
import { type ElementLoader, ReloadNeeded } from './load-element.ts';
import { viewStyles } from './view-styles.ts';

/** What a screen or widget is made of. */
export interface PluginPart {
  plugin: string;
  title: string;
  element: string;
  module: string;
  /** In a frame on an origin of its own. */
  framed?: boolean;
}

type PluginElement = HTMLElement & { ctx?: UiContext; updateComplete?: Promise<unknown> };

/**
 * Shows one element of a plugin. Whatever goes wrong inside (its module cannot be loaded, it throws while it is
 * made or rendered) stays inside, with a message and a retry.
 */
export class PluginView extends LitElement {
  static override properties = {
    shows: { attribute: false },
    context: { attribute: false },
    pluginName: { attribute: false },
    loader: { attribute: false },
    failure: { state: true },
    ready: { state: true },
    slots: { state: true },
  };

  static override styles = [pageStyles, viewStyles];

  declare shows: PluginPart;
  /** A new context for the same part reaches the same element. */
  declare context: UiContext;
  declare pluginName: string;
  declare loader: ElementLoader;
  declare failure: unknown;
  declare ready: boolean;
  /** Of the frame, and how high their widgets are. */
  declare slots: readonly FrameSlot[];

  #element: PluginElement | null = null;
  #frame: FramedPart | null = null;
  #contentHeight = 0;
  readonly #slotHeights = new Map<number, number>();
  readonly #slotSizes = new ResizeObserver((entries) => this.#onSlotSizes(entries));
  #attempt = 0;

  constructor() {
    super();
    this.failure = null;
    this.ready = false;
    this.slots = [];
    this.addEventListener('bazaar-crash', (event) => {
      event.stopPropagation();
      this.#fail((event as CustomEvent<CrashDetail>).detail.error);
    });
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('shows');
    const same = before?.element === this.shows.element && before?.module === this.shows.module;
    if (changed.has('shows') && !same) void this.#mount();
    else if (changed.has('context')) {
      this.#frame?.show(this.context);
      if (this.#element) this.#element.ctx = this.context;
    }
  }

  override updated(): void {
    this.#slotSizes.disconnect();
    for (const place of this.renderRoot.querySelectorAll('.place')) this.#slotSizes.observe(place);
    this.#frame?.refresh();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A frame does not survive being moved: its page is loaded anew.
    if (this.#frame) this.#drop();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated && this.shows.framed && !this.#frame) void this.#mount();
  }

  async #mount(): Promise<void> {
    this.#attempt += 1;
    const attempt = this.#attempt;
    this.#drop();
    this.failure = null;
    this.ready = false;
    try {
      if (this.shows.framed) {
        await this.#mountFrame(attempt);
        return;
      }
      const Constructor = await this.loader.define(this.shows.element, this.shows.module);
      if (attempt !== this.#attempt) return;
      const element: PluginElement = new Constructor();
      element.ctx = this.context;
      this.#element = element;
      this.append(element);
      this.ready = true;
      await element.updateComplete;
    } catch (error) {
      if (attempt === this.#attempt) this.#fail(error);
    }
  }

  async #mountFrame(attempt: number): Promise<void> {
    const compact = this.hasAttribute('compact');
    if (compact) await nearView(this);
    if (attempt !== this.#attempt || !this.isConnected) return;
    const current = (work: () => void) => () => attempt === this.#attempt && work();
    const spec = {
      ...this.shows,
      pluginName: this.pluginName,
      kind: compact ? ('widget' as const) : ('screen' as const),
    };
    this.#frame = new FramedPart(spec, this.context, {
      ready: current(() => {
        this.ready = true;
      }),
      failed: (error) => attempt === this.#attempt && this.#fail(error),
      height: (height) => {
        this.#contentHeight = height;
        this.#size();
      },
      slots: (slots) => {
        this.slots = slots;
      },
    });
    this.#size();
    this.append(this.#frame.element);
  }

  /**
   * A widget is as high as its content. A screen fills the page and scrolls inside, so that what it pins to an edge or
   * centres stands where one sees it; with other plugins' widgets on top of it, it is as high as its content too.
   */
  #size(): void {
    const grows = this.hasAttribute('compact') || [...this.#slotHeights.values()].some((height) => height > 0);
    const page = 'var(--bz-screen-height, 80dvh)';
    const height = `${this.#contentHeight}px`;
    const frameHeight = this.hasAttribute('compact') ? height : grows ? `max(${page}, ${height})` : page;
    this.style.setProperty('--bz-frame-height', frameHeight);
  }

  #onSlotSizes(entries: readonly ResizeObserverEntry[]): void {
    for (const { target } of entries) {
      const key = Number((target as HTMLElement).dataset.key);
      const height = Math.ceil(target.getBoundingClientRect().height);
      if (this.#slotHeights.get(key) === height) continue;
      this.#slotHeights.set(key, height);
      this.#frame?.slotHeight(key, height);
    }
    this.#size();
  }

  #fail(error: unknown): void {
    this.#drop();
    this.failure = error;
    reportError(error);
  }

  #drop(): void {
    this.#element?.remove();
    this.#element = null;
    this.#frame?.close();
    this.#frame = null;
    this.#contentHeight = 0;
    this.#slotHeights.clear();
    this.slots = [];
  }

  override render() {
    if (this.failure !== null) return this.#broken();
    // A framed screen says whose it is at its own end.
    const attributed = this.ready && (!this.shows.framed || this.hasAttribute('compact'));
    return html`
      ${this.ready ? nothing : this.#skeleton()}
      ${
        this.shows.framed
          ? html`<div class="frame ${this.ready ? '' : 'pending'}"><slot></slot>${this.#places()}</div>`
          : html`<slot></slot>`
      }
      ${attributed ? html`<footer>Provided by ${this.pluginName}</footer>` : nothing}
    `;
  }

  /** Other plugins' widgets, above the places the frame keeps for them. */
  #places() {
    return repeat(
      this.slots,
      ({ key }) => key,
      ({ key, name, params, place: { top, left, width } }) => html`<div
        class="place"
        data-key=${key}
        style=${styleMap({ top: `${top}px`, left: `${left}px`, width: `min(${width}px, 100% - ${left}px)` })}
      >
        <bazaar-slot name=${name} .params=${params}></bazaar-slot>
      </div>`,
    );
  }

  #skeleton() {
    return this.hasAttribute('compact')
      ? html`<div class="stack tight" aria-hidden="true"><span class="skeleton line"></span><span class="skeleton line"></span></div>`
      : html`<div class="page" role="status" aria-label="Loading ${this.shows.title}">
          <span class="skeleton title"></span><span class="skeleton block"></span><span class="skeleton block"></span>
        </div>`;
  }

  #broken() {
    const reload = this.failure instanceof ReloadNeeded;
    const message = reload ? problemMessageOf(this.failure) : problemMessage(this.failure);
    return html`<div class="page"><div class="empty" role="alert">
      <bazaar-icon name=${reload ? 'refresh-cw' : 'plug-zap'}></bazaar-icon>
      <h2>${reload ? `${this.pluginName} has a new version` : `“${this.shows.title}” could not be shown`}</h2>
      <p>${message} ${reload ? nothing : html`The rest of the workspace is not affected.`}</p>
      <vaadin-button theme="primary" @click=${reload ? () => location.reload() : () => this.#mount()}>
        ${reload ? 'Reload page' : 'Try again'}
      </vaadin-button>
    </div></div>`;
  }
}

function problemMessageOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}

customElements.define('bz-plugin-view', PluginView);
