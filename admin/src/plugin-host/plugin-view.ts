import type { CrashDetail, UiContext } from '@bazaar/sdk/ui';
import { pageStyles, problemMessage } from '@bazaar/sdk/ui';
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { type ElementLoader, ReloadNeeded } from './load-element.ts';

/** What a screen or widget is made of. */
export interface PluginPart {
  plugin: string;
  title: string;
  element: string;
  module: string;
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
  };

  static override styles = [
    pageStyles,
    css`
      :host {
        min-width: 0;
      }
      footer {
        padding: 0 var(--bz-space-6) var(--bz-space-5);
        max-width: var(--bz-page-width);
        margin-inline: auto;
        font-size: var(--bz-text-xs);
        color: var(--bz-text-muted);
      }
      :host([compact]) footer {
        padding: var(--bz-space-3) 0 0;
      }
      :host([compact]) .page {
        padding: 0;
      }
      :host([compact]) .empty {
        padding: var(--bz-space-4);
      }
      @media (max-width: 640px) {
        footer {
          padding-inline: var(--bz-space-4);
        }
      }
    `,
  ];

  declare shows: PluginPart;
  /** A new context for the same part reaches the same element. */
  declare context: UiContext;
  declare pluginName: string;
  declare loader: ElementLoader;
  declare failure: unknown;
  declare ready: boolean;

  #element: PluginElement | null = null;
  #attempt = 0;

  constructor() {
    super();
    this.failure = null;
    this.ready = false;
    this.addEventListener('bazaar-crash', (event) => {
      event.stopPropagation();
      this.#fail((event as CustomEvent<CrashDetail>).detail.error);
    });
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('shows');
    const same = before?.element === this.shows.element && before?.module === this.shows.module;
    if (changed.has('shows') && !same) void this.#mount();
    else if (changed.has('context') && this.#element) this.#element.ctx = this.context;
  }

  async #mount(): Promise<void> {
    this.#attempt += 1;
    const attempt = this.#attempt;
    this.#drop();
    this.failure = null;
    this.ready = false;
    try {
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

  #fail(error: unknown): void {
    this.#drop();
    this.failure = error;
    reportError(error);
  }

  #drop(): void {
    this.#element?.remove();
    this.#element = null;
  }

  override render() {
    if (this.failure !== null) return this.#broken();
    return html`
      ${this.ready ? nothing : this.#skeleton()}
      <slot></slot>
      ${this.ready ? html`<footer>Provided by ${this.pluginName}</footer>` : nothing}
    `;
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
