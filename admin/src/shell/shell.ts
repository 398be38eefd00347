import '../elements/vaadin-all.ts';
import '../plugin-host/plugin-view.ts';
import '../plugin-host/slot.ts';
import './palette.ts';
import './impersonation-banner.ts';
import './payment-notice.ts';
import './workspace-moves.ts';
import { pageStyles, type UiContext } from '@bazaar/sdk/ui';
import type { AppLayout } from '@vaadin/app-layout';
import { html, nothing, type PropertyValues } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { ShellData } from '../api/types.ts';
import { AppElement } from '../app/app-element.ts';
import type { Source } from '../app/source.ts';
import { kernelPage } from '../pages/kernel-page.ts';
import { unavailablePage } from '../pages/unavailable.ts';
import '../pages/unknown.ts';
import { faceStyles, logo } from '../pictures/face.ts';
import { createFramedContext } from '../plugin-host/framed-context.ts';
import { pluginName } from '../plugin-host/plugin-name.ts';
import type { PluginView } from '../plugin-host/plugin-view.ts';
import { rightsIn } from '../plugin-host/rights.ts';
import { createUiContext } from '../plugin-host/ui-context.ts';
import type { Crumb } from '../routing/kernel-routes.ts';
import { parentsOf, type Route, resolveRoute, type ScreenRoute } from '../routing/routes.ts';
import { brandMark } from './brand.ts';
import { licenceNotice } from './licence-notice.ts';
import { navigationGroups, navigationMenu } from './navigation.ts';
import { NoticesHeight } from './notices-height.ts';
import type { CommandPalette } from './palette.ts';
import { paletteCommands } from './palette-commands.ts';
import { shellStyles } from './shell-styles.ts';
import { failureState, loadingState } from './states.ts';
import { userMenu, type Workspace } from './user-menu.ts';
import type { WorkspaceMoves } from './workspace-moves.ts';

/** The frame around every page: menu, title bar, notices; and the page that the address names. */
class Shell extends AppElement {
  static override properties = {
    ...AppElement.properties,
    ownTitle: { state: true },
    workspaces: { state: true },
  };

  static override styles = [pageStyles, faceStyles, shellStyles];

  /** What the screen calls itself; cleared when the address changes. */
  declare ownTitle: string | null;
  /** All that the person belongs to. */
  declare workspaces: readonly Workspace[];

  /** The plugin whose screen stood at this address when it was opened: the shell may not know it any more. */
  #shownPlugin: { id: string; name: string } | null = null;
  #pathname = '';
  #context: { key: string; value: UiContext } | null = null;

  readonly #setTitle = (title: string): void => {
    this.ownTitle = title;
  };

  constructor() {
    super();
    this.ownTitle = null;
    this.workspaces = [];
    new NoticesHeight(this);
  }

  protected override observed(): readonly Source[] {
    return [this.app.shell, this.app.router, this.app.connection];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      this.#openPalette();
    };
    window.addEventListener('keydown', onKey);
    this.whileConnected(() => window.removeEventListener('keydown', onKey));
    this.whileConnected(this.app.router.onChange(() => this.#onNavigation()));
    this.whileConnected(this.app.realtime.on('session.changed', () => void this.#readWorkspaces()));
    void this.#readWorkspaces();
  }

  async #readWorkspaces(): Promise<void> {
    const { memberships } = await this.app.api.json<{ memberships: { tenant: Workspace }[] }>('GET', '/api/me');
    this.workspaces = memberships.map(({ tenant }) => tenant);
  }

  get #moves(): WorkspaceMoves | null {
    return this.renderRoot.querySelector<WorkspaceMoves>('bz-workspace-moves');
  }

  get #main(): HTMLElement | null {
    return this.renderRoot.querySelector('main');
  }

  #skip(): void {
    this.#main?.focus();
    this.#main?.querySelector<PluginView>('bz-plugin-view')?.takeFocus();
  }

  #onNavigation(): void {
    const layout = this.renderRoot.querySelector<AppLayout>('vaadin-app-layout');
    if (layout?.overlay) layout.drawerOpened = false;
    if (this.app.router.location.pathname === this.#pathname) return;
    this.ownTitle = null;
    this.#main?.focus({ preventScroll: true });
    layout?.shadowRoot?.querySelector('[part~="content"]')?.scrollTo(0, 0);
  }

  #openPalette(): void {
    const palette = this.renderRoot.querySelector<CommandPalette>('bz-palette');
    void palette?.open(paletteCommands(this.app));
  }

  override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const { data } = this.app.shell;
    if (!data) return;
    const { pathname } = this.app.router.location;
    const route = resolveRoute(this.app.router.location, data);
    if (pathname !== this.#pathname) this.#shownPlugin = null;
    this.#pathname = pathname;
    if (route.kind === 'screen') {
      const { plugin } = route.screen;
      this.#shownPlugin = { id: plugin, name: pluginName(data, plugin) };
    }
    const crumbs = this.#crumbs(route, data);
    const title = crumbs.at(-1)?.title ?? 'Not found';
    document.title = `${title} · ${data.tenant.name} – Bazaar`;
  }

  #crumbs(route: Route, shell: ShellData): Crumb[] {
    if (route.kind === 'not-found') {
      const [, plugin] = this.app.router.location.pathname.split('/');
      const isKnown = this.#shownPlugin !== null || shell.fading?.some((licence) => licence.plugin === plugin) === true;
      return [{ title: isKnown ? 'Not available' : 'Not found' }];
    }
    if (route.kind === 'page') {
      const { title, parent } = route.page;
      return [...(parent ? [parent] : []), { title: this.ownTitle ?? title }];
    }
    const { screen, params } = route;
    return [
      { title: pluginName(shell, screen.plugin) },
      ...parentsOf(screen, params, shell),
      { title: this.ownTitle ?? screen.title },
    ];
  }

  override render() {
    const { data, failure } = this.app.shell;
    if (!data) return failure === null ? loadingState('workspace') : failureState(failure, () => this.app.shell.load());
    const route = resolveRoute(this.app.router.location, data);
    const groups = navigationGroups(data);
    return html`
      <vaadin-app-layout primary-section="drawer">
        <aside class="drawer" slot="drawer" aria-label="Workspace">
          <a class="tenant" href="/">
            ${data.tenant.logo ? logo({ name: data.tenant.name, path: data.tenant.logo }) : brandMark(32)}
            <span><strong>${data.tenant.name}</strong><small>Bazaar</small></span>
          </a>
          <button class="seek" type="button" @click=${() => this.#openPalette()}>
            <bazaar-icon name="search"></bazaar-icon><span>Go to…</span><kbd>Ctrl K</kbd>
          </button>
          ${navigationMenu(groups, this.app.router.location.pathname)}
          ${data.demo ? html`<p class="demo">Demo workspace: people and companies are made up.</p>` : nothing}
        </aside>
        <header class="bar" slot="navbar">
          <button class="skip" type="button" @click=${() => this.#skip()}>Skip to content</button>
          <vaadin-drawer-toggle aria-label="Menu"></vaadin-drawer-toggle>
          ${this.#breadcrumb(this.#crumbs(route, data))}
          ${userMenu(data, this.workspaces, {
            changed: () => this.requestUpdate(),
            open: (path) => this.app.router.navigate(path),
            switchTo: (slug) => void this.#moves?.switchTo(slug),
            newWorkspace: () => this.#moves?.askForName(),
            signOut: () => void this.app.session.signOut(),
          })}
        </header>
        <div class="content">
          ${this.#offline()}
          <bz-impersonation-banner .app=${this.app}></bz-impersonation-banner>
          <bz-payment-notice .app=${this.app}></bz-payment-notice>
          ${licenceNotice(data, route.kind === 'screen' ? route.screen.plugin : null)}
          <main tabindex="-1">${this.#page(route, data)}</main>
        </div>
      </vaadin-app-layout>
      <bz-palette></bz-palette>
      <bz-workspace-moves .app=${this.app}></bz-workspace-moves>
    `;
  }

  #breadcrumb(crumbs: Crumb[]) {
    return html`<nav class="crumbs" aria-label="Breadcrumb">
      <ol>
        ${crumbs.map(
          ({ title, path }, index) => html`<li aria-current=${index === crumbs.length - 1 ? 'page' : nothing}>
            ${path === undefined ? html`<span>${title}</span>` : html`<a href=${path}>${title}</a>`}
          </li>`,
        )}
      </ol>
    </nav>`;
  }

  #offline() {
    if (!this.app.connection.offline) return nothing;
    return html`<div class="offline" role="alert">
      <bazaar-icon name="wifi-off"></bazaar-icon>
      <span>No connection to the server. What you see may be out of date.</span>
      <vaadin-button theme="small" @click=${() => this.#reconnect()}>Try now</vaadin-button>
    </div>`;
  }

  async #reconnect(): Promise<void> {
    if (await this.app.connection.retry()) await this.app.shell.load();
  }

  #page(route: Route, shell: ShellData) {
    if (route.kind === 'not-found') {
      return this.#shownPlugin === null
        ? html`<bz-unknown .app=${this.app}></bz-unknown>`
        : unavailablePage(shell, this.#shownPlugin.id, this.#shownPlugin.name);
    }
    if (route.kind === 'page')
      return keyed(
        route.page.page + JSON.stringify(route.params),
        kernelPage(route.page, { app: this.app, params: route.params, setTitle: this.#setTitle }),
      );
    const { screen, params } = route;
    return keyed(
      screen.path + JSON.stringify(params),
      html`<bz-plugin-view
        .loader=${this.app.elements}
        .shows=${screen}
        .pluginName=${pluginName(shell, screen.plugin)}
        .context=${this.#contextOf(route, shell)}
      ></bz-plugin-view>`,
    );
  }

  /**
   * One context per address, person and what they may do, so that a screen is not disturbed when only the frame around
   * it changes.
   */
  #contextOf({ screen, params, query }: ScreenRoute, shell: ShellData): UiContext {
    const { user, tenant } = shell;
    const rights = rightsIn(shell, screen.plugin);
    const key = JSON.stringify([screen.plugin, screen.path, params, query, user.id, tenant.id, rights]);
    if (this.#context?.key !== key) {
      const scope = { plugin: screen.plugin, params: { ...query, ...params }, setTitle: this.#setTitle };
      this.#context = {
        key,
        value: screen.framed ? createFramedContext(this.app, scope) : createUiContext(this.app, scope),
      };
    }
    return this.#context.value;
  }
}

customElements.define('bz-shell', Shell);
