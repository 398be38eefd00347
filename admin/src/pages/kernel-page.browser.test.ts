import { html } from 'lit';
import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { AppElement } from '../app/app-element.ts';
import { PathPattern } from '../routing/path-pattern.ts';
import type { KernelRoute } from '../routing/routes.ts';
import { appDouble } from '../testing/app-double.ts';
import { show } from '../testing/render.ts';
import { kernelPage } from './kernel-page.ts';
import { PAGE_MODULES } from './page-table.ts';
import { Reading } from './reading.ts';

class GreetingPage extends AppElement {
  readonly #greeting = new Reading<{ text: string }>(this, () => this.app.api.json('GET', '/api/greeting'));

  override render() {
    return html`<p>${this.#greeting.value?.text ?? (this.#greeting.failure === null ? 'Reading' : 'Failed')}</p>`;
  }
}

test('a page whose module or content did not come is shown once the connection is back', async () => {
  let reachable = false;
  const module = vi.spyOn(PAGE_MODULES, 'audit').mockImplementation(async () => {
    if (!reachable) throw new TypeError('Failed to fetch dynamically imported module');
    customElements.define('bz-greeting', GreetingPage);
  });
  const app = await appDouble();
  const route: KernelRoute = {
    page: 'audit',
    pattern: new PathPattern('/greeting'),
    title: 'Greeting',
    icon: 'scroll-text',
    section: 'workspace',
    element: 'bz-greeting',
  };
  await show(html`<div>${kernelPage(route, { app })}</div>`);
  await expect.element(page.getByText('This could not be loaded')).toBeVisible();

  reachable = true;
  app.push('reconnected');
  await expect.element(page.getByText('Failed')).toBeVisible();

  app.answers.set('GET /api/greeting', () => ({ text: 'Good morning' }));
  app.push('reconnected');
  await expect.element(page.getByText('Good morning')).toBeVisible();
  app.push('reconnected');
  expect(module).toHaveBeenCalledTimes(2);
});
