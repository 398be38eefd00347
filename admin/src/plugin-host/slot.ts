import type { UiContext } from '@bazaar/sdk/ui';
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ShellData, WidgetEntry } from '../api/types.ts';
import type { App } from '../app/app.ts';
import { AppElement } from '../app/app-element.ts';
import { requestApp } from '../app/request-app.ts';
import type { Source } from '../app/source.ts';
import { pluginName } from './plugin-name.ts';
import './plugin-view.ts';
import { createFramedContext } from './framed-context.ts';
import { rightsIn } from './rights.ts';
import { createUiContext } from './ui-context.ts';

/**
 * `<bazaar-slot name="dashboard" .params=${{ id }}>`: the widgets that the tenant's plugins offer for a slot, each in
 * a card of its own. Takes no room when there are none.
 */
export class BazaarSlot extends AppElement {
  static override properties = { ...AppElement.properties, name: { type: String }, params: { attribute: false } };

  declare name: string;
  declare params: Record<string, string>;

  readonly #contexts = new Map<string, UiContext>();

  constructor() {
    super();
    this.name = '';
    this.params = {};
  }

  override connectedCallback(): void {
    const app: App | null = this.app ?? requestApp(this);
    if (app) this.app = app;
    super.connectedCallback();
  }

  protected override observed(): readonly Source[] {
    return this.app ? [this.app.shell] : [];
  }

  override render() {
    const shell = this.app?.shell.data;
    const widgets = shell?.widgets.filter(({ slot }) => slot === this.name) ?? [];
    if (!shell || widgets.length === 0) return nothing;
    const ordered = widgets.toSorted((left, right) => left.order - right.order);
    return html`<div class="columns">
      ${repeat(
        ordered,
        ({ plugin, element }) => `${plugin}/${element}`,
        (widget) => html`<section class="card" aria-label=${widget.title}>
          <h2>${widget.title}</h2>
          <bz-plugin-view
            compact
            .loader=${this.app.elements}
            .shows=${widget}
            .pluginName=${pluginName(shell, widget.plugin)}
            .context=${this.#contextOf(widget, shell)}
          ></bz-plugin-view>
        </section>`,
      )}
    </div>`;
  }

  /** The same context for as long as the parameters say the same, and the person may do the same. */
  #contextOf({ plugin, element, framed }: WidgetEntry, shell: ShellData): UiContext {
    const key = JSON.stringify([plugin, element, this.params, rightsIn(shell, plugin)]);
    let context = this.#contexts.get(key);
    if (!context) {
      const create = framed ? createFramedContext : createUiContext;
      context = create(this.app, { plugin, params: this.params, setTitle: () => {} });
      this.#contexts.set(key, context);
    }
    return context;
  }
}

customElements.define('bazaar-slot', BazaarSlot);
