import { BazaarElement, type UiContext } from '@bazaar/sdk/ui';
import { html } from 'lit';
import { beforeAll, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { expectAccessible, show } from '../testing/render.ts';
import { ElementLoader } from './load-element.ts';
import './plugin-view.ts';
import type { PluginPart, PluginView } from './plugin-view.ts';

const context = { plugin: 'toy', params: { id: '1' } } as unknown as UiContext;
let explode = false;

class Toy extends BazaarElement {
  override render() {
    if (explode) throw new Error('boom');
    return html`<p>Toy ${this.ctx.params.id}</p>`;
  }
}
class Outsider extends HTMLElement {
  get updateComplete() {
    return Promise.reject(new Error('not ours'));
  }
}
class Unmakeable extends HTMLElement {
  constructor() {
    super();
    throw new TypeError('no');
  }
}
const classes: Record<string, CustomElementConstructor> = {
  'toy-fine': Toy,
  'toy-outsider': Outsider,
  'toy-unmakeable': Unmakeable,
};

beforeAll(() => {
  // Failures are reported to the console on purpose; the runner would take them for its own.
  vi.stubGlobal('reportError', () => {});
});

const part = (element: string, module = `/ui/plugins/toy/1.0.0/${element}.js`): PluginPart => ({
  plugin: 'toy',
  title: 'Toys',
  element,
  module,
});

function view(shows: PluginPart, loader: ElementLoader): Promise<PluginView> {
  return show<PluginView>(html`<bz-plugin-view
    .shows=${shows}
    .context=${context}
    .pluginName=${'Toy box'}
    .loader=${loader}
  ></bz-plugin-view>`);
}

/** Imports by defining the element that the URL names. */
const importing = () =>
  new ElementLoader(async (url) => {
    const element = /([\w-]+)\.js/.exec(url)?.[1] ?? '';
    const made = classes[element];
    if (made && !customElements.get(element)) customElements.define(element, made);
  });

test('shows the element with its context and says whose it is', async () => {
  const element = await view(part('toy-fine'), importing());
  await expect.element(page.getByText('Toy 1')).toBeVisible();
  await expect.element(page.getByText('Provided by Toy box')).toBeVisible();
  element.context = { ...context, params: { id: '2' } };
  await expect.element(page.getByText('Toy 2')).toBeVisible();
  await expectAccessible();
});

test('a throw while rendering stays inside, and a retry recovers', async () => {
  explode = true;
  await view(part('toy-fine'), importing());
  const alert = page.getByRole('alert');
  await expect.element(alert.getByRole('heading', { name: '“Toys” could not be shown' })).toBeVisible();
  await expect.element(alert.getByText(/rest of the workspace is not affected/)).toBeVisible();
  await expectAccessible();
  explode = false;
  await userEvent.click(page.getByRole('button', { name: 'Try again' }));
  await expect.element(page.getByText('Toy 1')).toBeVisible();
});

test('so does a throw in a later update', async () => {
  const element = await view(part('toy-fine'), importing());
  await expect.element(page.getByText('Toy 1')).toBeVisible();
  explode = true;
  element.context = { ...context };
  await expect.element(page.getByRole('alert')).toBeVisible();
  expect(element.querySelector('toy-fine')).toBeNull();
  explode = false;
});

test.each(['toy-outsider', 'toy-unmakeable', 'toy-missing'])('%s cannot break the page', async (name) => {
  await view(part(name), importing());
  await expect.element(page.getByRole('alert')).toBeVisible();
  // It is not the connection, and not tried again by itself.
  await expect.element(page.getByText(/Something went wrong on this page/)).toBeVisible();
});

test('a module that could not be fetched is asked for anew by itself, not from the browser’s memory of the failure', async () => {
  const asked: string[] = [];
  const loader = new ElementLoader(async (url) => {
    asked.push(url);
    if (asked.length === 1) throw new TypeError('Failed to fetch dynamically imported module');
    customElements.define('toy-late', class extends Toy {});
  });
  await view(part('toy-late'), loader);
  await expect.element(page.getByText(/could not be reached.* by itself when the server is back/)).toBeVisible();
  await expect.element(page.getByText('Toy 1'), { timeout: 10_000 }).toBeVisible();
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
  expect(asked).toEqual(['/ui/plugins/toy/1.0.0/toy-late.js', '/ui/plugins/toy/1.0.0/toy-late.js?attempt=2']);
});

test('a new version of an element that is defined already asks for a reload', async () => {
  await view(part('toy-fine', '/ui/plugins/toy/2.0.0/toy-fine.js'), importing());
  await expect.element(page.getByRole('heading', { name: 'Toy box has a new version' })).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Reload page' })).toBeVisible();
});

test.each([
  'https://evil.test/x.js',
  '/api/x.js',
  '/ui/plugins/toy/1.0.0/../../../x.js',
  '//evil.test/ui/plugins/a/1/x.js',
])('the module %s is refused', async (module) => {
  const asked: string[] = [];
  const loader = new ElementLoader(async (url) => asked.push(url));
  await expect(loader.define('toy-never', module)).rejects.toThrow('no plugin module');
  expect(asked).toEqual([]);
});
