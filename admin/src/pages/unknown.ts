import { UiProblem } from '@bazaar/sdk/ui';
import { html } from 'lit';
import type { PluginView } from '../api/types.ts';
import { AppElement } from '../app/app-element.ts';
import type { Source } from '../app/source.ts';
import { unavailablePage } from './unavailable.ts';

/**
 * Nothing is known of this address. When it is only a plugin's id, it leads to the plugin's first entry in the menu;
 * an admin learns when it belongs to a plugin that cannot be used.
 */
class Unknown extends AppElement {
  static override properties = { ...AppElement.properties, found: { state: true } };

  declare found: Pick<PluginView, 'id' | 'name'> | null;

  #asked = '';

  constructor() {
    super();
    this.found = null;
  }

  protected override observed(): readonly Source[] {
    return [this.app.router];
  }

  override willUpdate(): void {
    const { pathname } = this.app.router.location;
    if (pathname === this.#asked) return;
    this.#asked = pathname;
    this.found = null;
    void this.#lookUp(pathname);
  }

  async #lookUp(pathname: string): Promise<void> {
    const shell = this.app.shell.data;
    const [, id = '', ...rest] = pathname.split('/');
    const entry = shell?.navigation.find(({ plugin }) => plugin === id);
    if (entry && rest.length === 0) {
      this.app.router.navigate(entry.path, { replace: true });
      return;
    }
    const ended = shell?.fading?.find(({ plugin, state }) => plugin === id && state === 'suspended');
    if (ended) {
      this.found = { id, name: ended.name };
      return;
    }
    if (!/^[a-z][a-z0-9-]*$/.test(id) || !shell?.user.permissions.includes('core:plugins.read')) return;
    if (shell.plugins?.some((plugin) => plugin.id === id)) return;
    try {
      this.found = await this.app.api.json<PluginView>('GET', `/api/plugins/${id}`);
    } catch (error) {
      // No plugin either: then there is nothing to say but that.
      if (!(error instanceof UiProblem)) throw error;
    }
  }

  override render() {
    const shell = this.app.shell.data;
    if (this.found && shell) return unavailablePage(shell, this.found.id, this.found.name);
    return html`<div class="page">
      <div class="empty">
        <bazaar-icon name="map"></bazaar-icon>
        <h1>There is nothing here</h1>
        <p>The address may be mistyped, or the page belongs to a plugin that you cannot use.</p>
        <a href="/">Back to the start</a>
      </div>
    </div>`;
  }
}

customElements.define('bz-unknown', Unknown);
