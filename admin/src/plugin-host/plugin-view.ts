import { type CrashDetail, pageStyles, Retry, type UiContext } from '@bazaar/sdk/ui';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { styleMap } from 'lit/directives/style-map.js';
import type { FrameSlot } from '../plugin-frame/frame-session.ts';
import { nearView } from '../plugin-frame/near-view.ts';
import { Turns } from '../plugin-frame/turns.ts';
import { FramedPart } from './framed-part.ts';
import type { ElementLoader } from './load-element.ts';
import { brokenState, lateState, skeletonState } from './view-states.ts';
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

/** Of all widgets in frames. */
const turns = new Turns();

type PluginElement = HTMLElement & { ctx?: UiContext; updateComplete?: Promise<unknown> };

/**
 * Shows one element of a plugin. Whatever goes wrong inside (its module cannot be loaded, it throws while it is
 * made or rendered) stays inside, with a message and a retry. What could not be reached is tried again by itself.
 */
export class PluginView extends LitElement {
  static override properties = {
    shows: { attribute: false },
    context: { attribute: false },
    pluginName: { attribute: false },
    loader: { attribute: false },
    failure: { state: true },
    ready: { state: true },
    late: { state: true },
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
  declare late: boolean;
  /** Of the frame, and how high their widgets are. */
  declare slots: readonly FrameSlot[];

  #element: PluginElement | null = null;
  #frame: FramedPart | null = null;
  #endTurn: () => void = () => {};
  #contentHeight = 0;
  readonly #slotHeights = new Map<number, number>();
  readonly #slotSizes = new ResizeObserver((entries) => this.#onSlotSizes(entries));
  #attempt = 0;
  readonly #retry = new Retry();

  constructor() {
    super();
    this.failure = null;
    this.ready = false;
    this.late = false;
    this.slots = [];
    this.addEventListener('bazaar-crash', (event) => {
      event.stopPropagation();
      this.#crash((event as CustomEvent<CrashDetail>).detail.error);
    });
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('shows');
    const { element, module, framed } = this.shows;
    const same = before?.element === element && before?.module === module && before?.framed === framed;
    if (changed.has('shows') && !same) void this.#mount();
    else if (changed.has('context')) {
      this.#frame?.show(this.context);
      if (this.#element) this.#element.ctx = this.context;
    }
  }

  override updated(changed: PropertyValues<this>): void {
    // Before, there was nothing to be seen, and so nothing that takes the focus.
    if (changed.has('ready')) this.takeFocus();
    this.#slotSizes.disconnect();
    for (const place of this.renderRoot.querySelectorAll('.place')) this.#slotSizes.observe(place);
    this.#frame?.refresh();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#retry.reset();
    // A frame does not survive being moved: its page is loaded anew.
    if (this.shows?.framed) {
      this.#attempt += 1;
      this.#drop();
    }
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated && this.shows.framed && !this.#frame) void this.#mount();
  }

  /** `unasked`: nobody waits for it, so what is said of the last failure stays until it has gone well. */
  async #mount(unasked = false): Promise<void> {
    this.#attempt += 1;
    const attempt = this.#attempt;
    this.#retry.cancel();
    this.#drop();
    if (!unasked) this.failure = null;
    try {
      if (this.shows.framed) await this.#mountFrame(attempt);
      else await this.#mountInline(attempt);
    } catch (error) {
      if (attempt === this.#attempt) this.#fail(error);
    }
  }

  async #mountInline(attempt: number): Promise<void> {
    const Constructor = await this.loader.define(this.shows.element, this.shows.module);
    if (attempt !== this.#attempt) return;
    try {
      const element: PluginElement = new Constructor();
      element.ctx = this.context;
      this.#element = element;
      this.append(element);
      this.#stands();
      await element.updateComplete;
    } catch (error) {
      if (attempt === this.#attempt) this.#crash(error);
    }
  }

  async #mountFrame(attempt: number): Promise<void> {
    const compact = this.hasAttribute('compact');
    if (compact) {
      await nearView(this);
      const end = await turns.take();
      // While it waited it may have been taken away, or asked to show something else.
      if (attempt !== this.#attempt) {
        end();
        return;
      }
      this.#endTurn = end;
    }
    const current = (work: () => void) => () => attempt === this.#attempt && work();
    const spec = {
      ...this.shows,
      pluginName: this.pluginName,
      kind: compact ? ('widget' as const) : ('screen' as const),
    };
    this.#frame = new FramedPart(spec, this.context, {
      ready: current(() => {
        this.#stands();
        this.#endTurn();
      }),
      late: current(() => {
        this.late = true;
        this.#endTurn();
      }),
      failed: (error) => attempt === this.#attempt && this.#fail(error),
      height: (height) => {
        this.#contentHeight = height;
        this.#size();
      },
      slots: (slots) => {
        this.slots = slots;
        for (const key of this.#slotHeights.keys()) {
          if (!slots.some((slot) => slot.key === key)) this.#slotHeights.delete(key);
        }
        this.#size();
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

  #stands(): void {
    this.ready = true;
    this.late = false;
    this.failure = null;
    this.#retry.reset();
  }

  /**
   * Takes the focus over from the page around a framed screen: keys that scroll stay with who has the focus, and the page
   * itself does not scroll. The shell puts the focus there before there is a frame.
   */
  takeFocus(): void {
    const isScreen = this.#frame !== null && this.ready && !this.hasAttribute('compact');
    if (isScreen && this.closest('main')?.matches(':focus')) this.#frame?.element.focus({ preventScroll: true });
  }

  #fail(error: unknown): void {
    this.#drop();
    this.failure = error;
    reportError(error);
    this.#retry.after(error, () => void this.#mount(true));
  }

  /** A fault of the plugin’s code, whatever it looks like: nothing that could not be reached. */
  #crash(error: unknown): void {
    this.#fail(new Error(String(error), { cause: error }));
  }

  #drop(): void {
    this.#element?.remove();
    this.#element = null;
    this.#frame?.close();
    this.#frame = null;
    this.#endTurn();
    this.ready = false;
    this.late = false;
    this.#contentHeight = 0;
    this.#slotHeights.clear();
    this.slots = [];
  }

  override render() {
    // A framed screen says whose it is at its own end.
    const attributed = this.ready && (!this.shows.framed || this.hasAttribute('compact'));
    return html`
      ${this.#state()}
      ${
        this.shows.framed
          ? html`<div class="frame ${this.ready ? '' : 'pending'}"><slot></slot>${this.#places()}</div>`
          : html`<slot></slot>`
      }
      ${attributed ? html`<footer>Provided by ${this.pluginName}</footer>` : nothing}
    `;
  }

  /** In the place of the element until it stands. */
  #state() {
    const { title } = this.shows;
    const retry = () => void this.#mount();
    if (this.failure !== null) return brokenState(this.failure, title, this.pluginName, retry);
    if (this.late) return lateState(title, retry);
    return this.ready ? nothing : skeletonState(title, this.hasAttribute('compact'));
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
}

customElements.define('bz-plugin-view', PluginView);
