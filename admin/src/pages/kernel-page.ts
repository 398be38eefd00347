import { html, nothing, type PropertyValues } from 'lit';
import { html as staticHtml, unsafeStatic } from 'lit/static-html.js';
import { AppElement } from '../app/app-element.ts';
import type { EntranceRoute } from '../routing/entrance-routes.ts';
import type { KernelRoute } from '../routing/kernel-routes.ts';
import { failureState, loadingState } from '../shell/states.ts';
import { PAGE_MODULES } from './page-table.ts';

/** Pages whose module could not be fetched by this document. */
const missed = new Set<string>();

/** Shows one of the kernel's pages as soon as its module has come. */
class KernelPageElement extends AppElement {
  static override properties = {
    ...AppElement.properties,
    page: { attribute: false },
    params: { attribute: false },
    setTitle: { attribute: false },
    failure: { state: true },
  };

  declare page: KernelRoute | EntranceRoute;
  declare params: Record<string, string>;
  declare setTitle: (title: string) => void;
  declare failure: unknown;

  /** Loads the document anew. */
  reload: () => void = () => window.location.reload();

  constructor() {
    super();
    this.params = {};
    this.setTitle = () => {};
    this.failure = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const again = () => {
      if (this.failure !== null) void this.#load();
    };
    this.whileConnected(this.app.realtime.on('reconnected', again));
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('page') && customElements.get(this.page.element) === undefined) void this.#load();
  }

  async #load(): Promise<void> {
    this.failure = null;
    const { page } = this;
    try {
      await PAGE_MODULES[page.page]();
    } catch (error) {
      // Some browsers remember what they could not fetch for as long as the document lives. Here nothing is lost with it.
      if (missed.has(page.page) && (await this.app.connection.retry())) this.reload();
      missed.add(page.page);
      this.failure = error;
    }
    this.requestUpdate();
  }

  override render() {
    if (this.failure !== null) return failureState(this.failure, () => void this.#load());
    const { element, title } = this.page;
    if (customElements.get(element) === undefined) return loadingState(title);
    const tag = unsafeStatic(element);
    return staticHtml`<${tag} .app=${this.app} .params=${this.params} .setTitle=${this.setTitle}></${tag}>`;
  }
}

customElements.define('bz-kernel-page', KernelPageElement);

/** The element that shows a page; `nothing` when there is none. */
export function kernelPage(
  page: KernelRoute | EntranceRoute | null,
  given: Pick<KernelPageElement, 'app'> & Partial<Pick<KernelPageElement, 'params' | 'setTitle'>>,
) {
  if (page === null) return nothing;
  const { app, params = {}, setTitle = () => {} } = given;
  return html`<bz-kernel-page
    .app=${app}
    .page=${page}
    .params=${params}
    .setTitle=${setTitle}
  ></bz-kernel-page>`;
}
