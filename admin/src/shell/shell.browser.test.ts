import { BazaarElement, mayWrite } from '@bazaar/sdk/ui';
import { html, nothing } from 'lit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { FadingLicence, ShellData } from '../api/types.ts';
import { type AppDouble, appDouble, shellData } from '../testing/app-double.ts';
import { expectAccessible, show } from '../testing/render.ts';
import './shell.ts';

const module = '/ui/plugins/toy/1.0.0/toy.js';
const here = window.location.href;

let disconnected = 0;
class ToyScreen extends BazaarElement {
  override disconnectedCallback(): void {
    disconnected += 1;
    super.disconnectedCallback();
  }
  override render() {
    return html`<div class="page">
      <h1>Toys of ${this.ctx.tenant.name}</h1>
      ${mayWrite(this.ctx, 'toys.write') ? html`<button type="button">Add a toy</button>` : nothing}
    </div>`;
  }
}

const withToy = (permissions: string[] = []): ShellData =>
  shellData({
    user: { id: 'u1', name: 'Ada Lovelace', email: 'ada@acme.test', permissions },
    plugins: [{ id: 'toy', name: 'Toy box', publisher: 'x', version: '1.0.0', actions: [] }],
    navigation: [{ plugin: 'toy', title: 'Toys', icon: 'puzzle', path: '/toy/toys', order: 1 }],
    screens: [{ plugin: 'toy', path: '/toy/toys', title: 'Toys', element: 'toy-screen', module }],
    openTasks: 2,
  });

let app: AppDouble;

async function shellAt(path: string, data: ShellData): Promise<void> {
  app = await appDouble(data);
  app.modules.set(module, () => {
    if (!customElements.get('toy-screen')) customElements.define('toy-screen', ToyScreen);
  });
  app.router.navigate(path, { replace: true });
  await page.viewport(1200, 800);
  await show(html`<bz-shell .app=${app}></bz-shell>`);
}

beforeEach(() => {
  disconnected = 0;
});
afterEach(() => {
  history.replaceState(null, '', here);
});

test('offers the menu, names the page and is accessible', async () => {
  await shellAt('/', withToy(['core:plugins.read']));
  const menu = page.getByRole('navigation', { name: 'Main' });
  await expect.element(menu.getByRole('link', { name: 'Home' })).toHaveAttribute('aria-current', 'page');
  await expect.element(menu.getByRole('link', { name: 'Tasks 2 open' })).toBeVisible();
  await expect.element(menu.getByRole('link', { name: 'Plugins' })).toBeVisible();
  expect(document.title).toBe('Home · Acme Staffing – Bazaar');
  await expectAccessible();
});

test('links go to screens without a load; history goes back', async () => {
  await shellAt('/', withToy());
  await userEvent.click(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /Tasks/ }));
  await expect.poll(() => window.location.pathname).toBe('/tasks');
  const crumbs = page.getByRole('navigation', { name: 'Breadcrumb' });
  await expect.element(crumbs.getByText('Tasks')).toBeVisible();
  history.back();
  await expect.element(crumbs.getByText('Home')).toBeVisible();
});

test('what is nowhere is said to be nowhere', async () => {
  await shellAt('/nowhere', withToy());
  await expect.element(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
});

test('a plugin without a page of its own leads to its first entry', async () => {
  await shellAt('/toy', withToy());
  await expect.element(page.getByRole('heading', { name: 'Toys of Acme Staffing' })).toBeVisible();
  expect(window.location.pathname).toBe('/toy/toys');
});

test('an admin learns that the page belongs to a plugin that is off', async () => {
  app = await appDouble(shellData({ user: withToy(['core:plugins.read']).user }));
  app.answers.set('GET /api/plugins/toy', () => ({ id: 'toy', name: 'Toy box' }));
  app.router.navigate('/toy/toys', { replace: true });
  await show(html`<bz-shell .app=${app}></bz-shell>`);
  await expect.element(page.getByRole('heading', { name: 'Toy box is not available' })).toBeVisible();
});

test('Ctrl+K opens the palette', async () => {
  await shellAt('/', withToy());
  await userEvent.keyboard('{Control>}k{/Control}');
  await expect.element(page.getByRole('option', { name: /Toys/ })).toBeVisible();
});

test('a plugin that is switched off vanishes at once, with its menu, and the page says why', async () => {
  await shellAt('/toy/toys', withToy(['core:plugins.read']));
  const entry = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Toys' });
  await expect.element(entry).toBeVisible();
  await expect.element(page.getByRole('heading', { name: 'Toys of Acme Staffing' })).toBeVisible();

  app.answers.set('GET /api/shell', () => shellData({ user: withToy(['core:plugins.read']).user }));
  app.push('plugin.changed', { plugin: 'toy' });

  await expect.element(page.getByRole('heading', { name: 'Toy box is not available' })).toBeVisible();
  await expect.element(entry).not.toBeInTheDocument();
  expect(disconnected).toBe(1);
  await expect
    .element(page.getByRole('link', { name: 'Open Toy box in Plugins' }))
    .toHaveAttribute('href', '/admin/plugins/toy');
  await expectAccessible();
});

test('and comes back as it was when it is switched on again', async () => {
  await shellAt('/toy/toys', withToy());
  app.answers.set('GET /api/shell', () => shellData());
  app.push('licence.changed', { plugin: 'toy' });
  await expect.element(page.getByRole('heading', { name: 'Toy box is not available' })).toBeVisible();
  await expect.element(page.getByText(/Ask an administrator if you need it/)).toBeVisible();

  app.answers.set('GET /api/shell', () => withToy());
  app.push('licence.changed', { plugin: 'toy' });
  await expect.element(page.getByRole('heading', { name: 'Toys of Acme Staffing' })).toBeVisible();
});

test('a licence that fades is told above the pages of its plugin, stage by stage, with the way on', async () => {
  const fading = (state: FadingLicence['state']) => [
    { plugin: 'toy', name: 'Toy box', state, until: '2026-11-24T12:00:00Z' },
  ];
  await shellAt('/', { ...withToy(), fading: fading('grace') });
  const notice = page.getByRole('status').filter({ hasText: 'Toy box' });
  await expect.element(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
  await expect.element(notice).not.toBeInTheDocument();
  app.router.navigate('/toy/toys');
  await expect.element(notice.getByText(/Everything still works until 24 Nov 2026/)).toBeVisible();
  await expect.element(notice.getByText(/An administrator can renew it/)).toBeVisible();
  await expectAccessible();

  const add = page.getByRole('button', { name: 'Add a toy' });
  await expect.element(add).not.toBeInTheDocument();
  const { user } = withToy(['core:plugins.read', 'core:billing.manage', 'toy:toys.write']);
  app.answers.set('GET /api/shell', () => ({ ...withToy(), user, fading: fading('grace') }));
  app.push('licence.changed', { plugin: 'toy' });
  await expect.element(add).toBeVisible();
  app.answers.set('GET /api/shell', () => ({ ...withToy(), user, fading: fading('read-only') }));
  app.push('licence.changed', { plugin: 'toy' });
  await expect.element(add).not.toBeInTheDocument();
  await expect.element(notice.getByText(/change nothing. On 24 Nov 2026 it is suspended/)).toBeVisible();
  const way = page.getByRole('link', { name: 'Renew it' });
  await expect.element(way).toHaveAttribute('href', '/admin/plugins/toy?tab=plans');
  await expectAccessible();
  await expect.element(page.getByRole('heading', { name: 'Toys of Acme Staffing' })).toBeVisible();
  expect(disconnected).toBe(0);

  app.answers.set('GET /api/shell', () => shellData({ user, fading: fading('suspended') }));
  app.push('licence.changed', { plugin: 'toy' });
  await expect.element(page.getByRole('heading', { name: 'Toy box is suspended' })).toBeVisible();
  await expect.element(page.getByText(/renewed before 24 Nov 2026/)).toBeVisible();
  await expect.element(notice).not.toBeInTheDocument();
});

test('whoever comes to a plugin that is suspended is not told that the page is not found', async () => {
  const fading = [{ plugin: 'toy', name: 'Toy box', state: 'suspended' as const, until: '2026-11-24T12:00:00Z' }];
  await shellAt('/toy/toys', shellData({ fading }));
  await expect.element(page.getByRole('heading', { name: 'Toy box is suspended' })).toBeVisible();
  expect(document.title).toMatch(/^Not available ·/);
});

test('a lost connection is shown until the server answers, and takes its room from what fills the page', async () => {
  await shellAt('/', withToy());
  const room = () => {
    const main = document.querySelector('bz-shell')?.shadowRoot?.querySelector('main') as HTMLElement;
    const filler = document.createElement('div');
    filler.style.height = 'var(--bz-screen-height)';
    main.append(filler);
    const { height } = filler.getBoundingClientRect();
    filler.remove();
    return height;
  };
  await expect.poll(room).toBe(800 - 52);
  app.connection.lost();
  await expect.element(page.getByText(/No connection to the server/)).toBeVisible();
  await expect.poll(room).toBeLessThan(800 - 52 - 30);
  await userEvent.click(page.getByRole('button', { name: 'Try now' }));
  await expect.element(page.getByText(/No connection to the server/)).not.toBeInTheDocument();
  await expect.poll(room).toBe(800 - 52);
});

test('the person’s menu leads to their profile and to their other workspaces', async () => {
  const northwind = { id: 't2', slug: 'northwind', name: 'Northwind Clinics' };
  const ada = withToy();
  app = await appDouble(ada);
  app.answers.set('GET /api/me', () => ({ memberships: [{ tenant: ada.tenant }, { tenant: northwind }] }));
  app.answers.set('POST /api/auth/switch', ({ body }) => {
    expect(body).toEqual({ tenant: 'northwind' });
    app.answers.set('GET /api/shell', () => shellData({ tenant: northwind }));
    return { accessToken: 'd.e.f', user: ada.user, tenant: northwind };
  });
  app.router.navigate('/tasks', { replace: true });
  await show(html`<bz-shell .app=${app}></bz-shell>`);
  await userEvent.click(page.getByText('Ada Lovelace'));
  await expect.element(page.getByRole('menuitem', { name: 'Profile' })).toBeVisible();
  await userEvent.click(page.getByRole('menuitem', { name: 'Switch workspace' }));
  await userEvent.click(page.getByRole('menuitem', { name: 'Northwind Clinics' }));
  await expect.poll(() => window.location.pathname).toBe('/');
  expect(app.session.state).toMatchObject({ status: 'signed-in', tenant: northwind });
});

/** The menu of somebody of two workspaces; `answer` is what the server says to going to the other. */
async function goTo(answer: () => unknown): Promise<void> {
  const northwind = { id: 't2', slug: 'northwind', name: 'Northwind Clinics' };
  const ada = withToy();
  app = await appDouble(ada);
  app.answers.set('GET /api/me', () => ({ memberships: [{ tenant: ada.tenant }, { tenant: northwind }] }));
  app.answers.set('POST /api/auth/switch', answer);
  app.router.navigate('/tasks', { replace: true });
  await show(html`<bz-shell .app=${app}></bz-shell>`);
  await userEvent.click(page.getByText('Ada Lovelace'));
  await userEvent.click(page.getByRole('menuitem', { name: 'Switch workspace' }));
  await userEvent.click(page.getByRole('menuitem', { name: 'Northwind Clinics' }));
}

test('a workspace that asks for a second factor is entered with one', async () => {
  const tenant = { id: 't2', slug: 'northwind', name: 'Northwind Clinics' };
  const challenge = { token: 'held', methods: ['totp'], enrolment: false };
  await goTo(() => Response.json({ code: 'second-factor-required', detail: 'Confirm.', challenge }, { status: 401 }));
  await expect.element(page.getByRole('heading', { name: 'Confirm that it is you' })).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Stay here' })).toBeVisible();
  await expectAccessible();
  app.answers.set('POST /api/auth/second-factor', ({ body }) => {
    expect(body).toEqual({ challenge: 'held', code: '123456' });
    return { accessToken: 'd.e.f', refreshToken: 'r', user: withToy().user, tenant, memberships: [{ tenant }] };
  });
  await userEvent.fill(page.getByRole('textbox', { name: 'Code' }), '123456');
  await userEvent.click(page.getByRole('button', { name: 'Confirm', exact: true }));
  await expect.poll(() => app.session.state).toMatchObject({ status: 'signed-in', tenant });
  expect(window.location.pathname).toBe('/');
});

test('a workspace of single sign-on says the way there', async () => {
  const action = { label: 'Go to single sign-on', href: '/api/auth/oidc/northwind/start' };
  await goTo(() => {
    app.agree = false;
    return Response.json({ code: 'forbidden', detail: 'By single sign-on.', action }, { status: 403 });
  });
  await expect.poll(() => app.questions).toMatchObject([{ message: 'By single sign-on.', confirm: action.label }]);
  expect(window.location.pathname).toBe('/tasks');
});

test('a new workspace is made, refused in words, and gone on in', async () => {
  const tenant = { id: 't3', slug: 'ada-works', name: 'Ada Works' };
  await shellAt('/tasks', withToy());
  const refusal = { code: 'forbidden', detail: 'Not confirmed yet.', action: { label: 'Mail me a link', href: '/f' } };
  app.answers.set('POST /api/tenants', () => Response.json(refusal, { status: 403 }));
  await userEvent.click(page.getByText('Ada Lovelace'));
  await userEvent.click(page.getByRole('menuitem', { name: 'New workspace…' }));
  const name = page.getByRole('textbox', { name: 'Name' });
  await userEvent.fill(name, 'Ada Works');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('Not confirmed yet.')).toBeVisible();
  await expect.element(page.getByRole('link', { name: 'Mail me a link' })).toHaveAttribute('href', '/f');
  await expectAccessible();

  app.answers.set('POST /api/tenants', ({ body }) => {
    expect(body).toEqual({ tenantName: 'Ada Works' });
    return Response.json(tenant, { status: 201 });
  });
  app.answers.set('POST /api/auth/switch', ({ body }) => {
    expect(body).toEqual({ tenant: 'ada-works' });
    return { accessToken: 'd.e.f', user: withToy().user, tenant };
  });
  await userEvent.click(page.getByRole('button', { name: 'Make it' }));
  await expect.poll(() => app.session.state).toMatchObject({ status: 'signed-in', tenant });
  expect(window.location.pathname).toBe('/');
});
