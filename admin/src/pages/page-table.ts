import { html, type TemplateResult } from 'lit';
import type { App } from '../app/app.ts';
import type { Crumb, KernelPage } from '../routing/routes.ts';
import './audit.ts';
import './home.ts';
import './plugins/plugin-page.ts';
import './plugins/plugins-page.ts';
import './tasks.ts';

interface PageEntry {
  title: string;
  parent?: Crumb;
  render(app: App, params: Record<string, string>, setTitle: (title: string) => void): TemplateResult;
}

const PAGES: Record<KernelPage, PageEntry> = {
  home: { title: 'Home', render: (app) => html`<bz-home .app=${app}></bz-home>` },
  tasks: { title: 'Tasks', render: (app) => html`<bz-tasks .app=${app}></bz-tasks>` },
  plugins: { title: 'Plugins', render: (app) => html`<bz-plugins .app=${app}></bz-plugins>` },
  plugin: {
    title: 'Plugin',
    parent: { title: 'Plugins', path: '/admin/plugins' },
    render: (app, params, setTitle) =>
      html`<bz-plugin .app=${app} .plugin=${params.plugin ?? ''} .setTitle=${setTitle}></bz-plugin>`,
  },
  audit: { title: 'Audit log', render: (app) => html`<bz-audit .app=${app}></bz-audit>` },
};

/** The kernel's own pages. */
export function pageOf(page: KernelPage): PageEntry {
  return PAGES[page];
}
