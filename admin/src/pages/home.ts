import { pageStyles } from '@bazaar/sdk/ui';
import { css, html, nothing } from 'lit';
import type { NavigationEntry, ShellData } from '../api/types.ts';
import { AppElement } from '../app/app-element.ts';
import type { Source } from '../app/source.ts';
import { pluginName } from '../plugin-host/plugin-name.ts';
import { greeting } from './format.ts';

class Home extends AppElement {
  static override styles = [
    pageStyles,
    css`
      a.tile {
        display: flex;
        align-items: center;
        gap: var(--bz-space-4);
        padding: var(--bz-space-4);
        color: inherit;
        text-decoration: none;
        background: var(--bz-surface);
        border: 1px solid var(--bz-border);
        border-radius: var(--bz-radius-l);
      }
      a.tile:hover {
        border-color: var(--bz-border-strong);
        box-shadow: var(--bz-shadow-s);
      }
      a.tile > bazaar-icon:first-child {
        padding: 0.5rem;
        border-radius: var(--bz-radius-m);
        color: var(--bz-accent-text);
        background: var(--bz-accent-soft);
        --bz-icon-size: 2.25rem;
      }
      a.tile > span {
        flex: 1;
        min-width: 0;
        display: grid;
      }
      a.tile strong {
        font-weight: 600;
      }
      a.tile small {
        font-size: var(--bz-text-s);
        color: var(--bz-text-muted);
      }
    `,
  ];

  protected override observed(): readonly Source[] {
    return [this.app.shell];
  }

  override render() {
    const shell = this.app.shell.data;
    if (!shell) return nothing;
    const [first = shell.user.name] = shell.user.name.split(' ');
    return html`<div class="page">
      <header class="page-header">
        <div>
          <h1>${greeting(new Date().getHours())}, ${first}</h1>
          <p class="subtitle">
            ${shell.openTasks === 0 ? 'Nothing is waiting for you.' : html`${this.#tasks(shell)} waiting for you.`}
          </p>
        </div>
      </header>
      <bazaar-slot name="dashboard" .app=${this.app}></bazaar-slot>
      ${shell.navigation.length > 0 ? this.#launch(shell) : this.#empty(shell)}
    </div>`;
  }

  #tasks({ openTasks }: ShellData) {
    return html`<a href="/tasks">${openTasks === 1 ? 'One task is' : `${openTasks} tasks are`}</a>`;
  }

  #launch(shell: ShellData) {
    const tile = ({ path, title, icon, plugin }: NavigationEntry) => html`<a class="tile" href=${path}>
      <bazaar-icon name=${icon}></bazaar-icon>
      <span><strong>${title}</strong><small>${pluginName(shell, plugin)}</small></span>
      <bazaar-icon name="chevron-right" class="muted"></bazaar-icon>
    </a>`;
    return html`<section class="stack" aria-labelledby="launch">
      <h2 id="launch">Your tools</h2>
      <div class="columns">${shell.navigation.toSorted((left, right) => left.order - right.order).map(tile)}</div>
    </section>`;
  }

  #empty({ user, tenant }: ShellData) {
    const admin = user.permissions.includes('core:plugins.read');
    return html`<div class="empty">
      <bazaar-icon name="puzzle"></bazaar-icon>
      <h2>No tools here yet</h2>
      <p>
        ${
          admin
            ? `${tenant.name} becomes useful with plugins. Start a trial of one, it takes a minute.`
            : 'When an administrator gives you access to a plugin, it appears here.'
        }
      </p>
      ${admin ? html`<a href="/admin/plugins">See the plugins</a>` : nothing}
    </div>`;
  }
}

customElements.define('bz-home', Home);
