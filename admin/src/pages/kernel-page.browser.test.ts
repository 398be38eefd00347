import { html } from 'lit';
import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { AppElement } from '../app/app-element.ts';
import type { KernelRoute } from '../routing/kernel-routes.ts';
import { PathPattern } from '../routing/path-pattern.ts';
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

test('where the browser remembers that a module could not be fetched, the document is loaded anew', async () => {
  const module = vi.spyOn(PAGE_MODULES, 'billing').mockRejectedValue(new TypeError('Failed to fetch'));
  const app = await appDouble();
  const route: KernelRoute = {
    page: 'billing',
    pattern: new PathPattern('/billing'),
    title: 'Billing',
    icon: 'credit-card',
    section: 'administration',
    element: 'bz-never-defined',
  };
  const place = await show(html`<div>${kernelPage(route, { app })}</div>`);
  const reload = vi.fn();
  Object.assign(place.querySelector('bz-kernel-page') ?? {}, { reload });
  await expect.element(page.getByText('This could not be loaded')).toBeVisible();
  expect(reload).not.toHaveBeenCalled();
  const isReachable = vi.spyOn(app.connection, 'retry').mockResolvedValue(false);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => module.mock.calls.length).toBe(2);
  await expect.element(page.getByText('This could not be loaded')).toBeVisible();
  expect(reload).not.toHaveBeenCalled();
  isReachable.mockResolvedValue(true);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => reload.mock.calls.length).toBe(1);
});
