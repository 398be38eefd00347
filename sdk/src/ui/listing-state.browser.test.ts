import { html, LitElement } from 'lit';
import { afterEach, expect, test, vi } from 'vitest';
import { UiProblem } from './contract.ts';
import { Listing, type ListingPage } from './listing.ts';
import { listingState } from './listing-state.ts';

const read = vi.fn<(page: ListingPage) => Promise<{ items: string[]; nextCursor?: string }>>();

class Names extends LitElement {
  readonly names = new Listing<string>(this, read);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.names.restart();
  }

  override render() {
    return listingState(this.names, {
      noun: ['reply', 'replies'],
      none: () => html`<p>Nobody</p>`,
      show: (items) => html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`,
    });
  }
}
customElements.define('test-names', Names);

afterEach(() => {
  document.body.replaceChildren();
  read.mockReset();
});

function mount() {
  const element = new Names();
  document.body.append(element);
  const inside = () => element.renderRoot;
  return {
    words: () => inside().textContent?.replaceAll(/\s+/g, ' ').trim() ?? '',
    button: () => inside().querySelector('vaadin-button') as HTMLElement | null,
    find: (selector: string) => inside().querySelector(selector),
  };
}

test('shows that it loads, then the items with their count and a way to more', async () => {
  read.mockResolvedValueOnce({ items: ['a'], nextCursor: 'next' }).mockResolvedValueOnce({ items: ['b'] });
  const { words, button, find } = mount();
  await expect.poll(words).toBe('a 1 reply shown Show more');
  expect(find('[role="status"]')?.textContent).toContain('1 reply shown');
  button()?.click();
  await expect.poll(words).toBe('ab 2 replies shown');
  expect(read.mock.calls.map(([{ cursor }]) => cursor)).toEqual([undefined, 'next']);
  expect(button()).toBeNull();
});

test('an empty list says so and nothing else', async () => {
  read.mockResolvedValue({ items: [] });
  await expect.poll(mount().words).toBe('Nobody');
});

test('a refusal that names a way out leads there', async () => {
  const action = { label: 'Renew the licence', href: '/admin/plugins/crm' };
  read.mockRejectedValueOnce(new UiProblem({ status: 402, code: 'licence-required', detail: 'It has ended.', action }));
  const { find } = mount();
  await expect.poll(() => find('[role="alert"] a')?.getAttribute('href')).toBe(action.href);
  expect(find('[role="alert"] a')?.textContent).toBe(action.label);
});

test('a first failure can be tried again; a later one leaves what is shown', async () => {
  const problem = new UiProblem({ status: 503, code: 'unavailable', detail: 'Not now.' });
  read
    .mockRejectedValueOnce(problem)
    .mockResolvedValueOnce({ items: ['a'], nextCursor: 'next' })
    .mockRejectedValueOnce(problem);
  const { words, button, find } = mount();
  await expect.poll(() => find('[role="alert"]')?.textContent).toContain('Not now.');
  button()?.click();
  await expect.poll(words).toBe('a 1 reply shown Show more');
  button()?.click();
  await expect.poll(() => find('[role="alert"]')?.textContent).toContain('Not now.');
  expect(find('li')?.textContent).toBe('a');
});
