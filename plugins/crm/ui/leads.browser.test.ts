import type { JsonValue } from '@bazaar/sdk';
import { type UiContext, UiProblem } from '@bazaar/sdk/ui';
import type { LitElement } from 'lit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import './leads.ts';

type Screen = LitElement & { ctx: UiContext };

const LEAD = {
  id: 'l1',
  company: 'شركة مصر',
  contactName: 'أحمد',
  estimatedValue: 500_000,
  probability: 40,
  stage: 'lost',
  owner: null,
};

const call = vi.fn<UiContext['call']>();
const notify = vi.fn<UiContext['notify']>();
let screen: Screen;

function answer(action: string): JsonValue {
  if (action === 'leads.list') return { items: [LEAD, { ...LEAD, id: 'l2', stage: 'converted' }], nextCursor: null };
  if (action === 'leads.pipeline') return { currency: 'EUR', stages: [] };
  throw new UiProblem({ status: 409, code: 'conflict', detail: 'Somebody else has just moved this lead.' });
}

const rows = () => [...screen.renderRoot.querySelectorAll('.lead')];
const stageOf = (row: Element | undefined) =>
  row?.querySelector<HTMLElement & { value: string; items: { value: string }[] }>('vaadin-select');
const form = () => screen.renderRoot.querySelector<LitElement>('crm-lead-form');

beforeEach(async () => {
  call.mockReset().mockImplementation(async (action) => answer(action));
  notify.mockReset();
  screen = document.createElement('crm-leads') as Screen;
  screen.ctx = {
    plugin: 'crm',
    tenant: { id: 't', slug: 'acme', name: 'Acme' },
    user: { id: 'u', name: 'Robin', email: 'r@example.com', permissions: ['crm:leads.write'] },
    readOnly: false,
    params: {},
    call,
    notify,
    on: () => () => {},
  } as unknown as UiContext;
  document.body.append(screen);
  await vi.waitFor(() => expect(rows()).toHaveLength(2));
});
afterEach(() => screen.remove());

test('a lead is offered only the stages it may go to; one that has become a client, none', () => {
  const [lost, converted] = rows();
  expect(stageOf(lost)?.items.map(({ value }) => value)).toEqual(['new', 'contacted', 'lost']);
  expect(stageOf(converted)).toBeNull();
  expect(converted?.querySelector('.chip')?.textContent).toBe('Converted');
});

test('a refused move is taken back on the screen', async () => {
  const select = stageOf(rows()[0]);
  if (!select) throw new Error('no choice');
  select.value = 'contacted';
  select.dispatchEvent(new Event('change'));
  await vi.waitFor(() => expect(notify).toHaveBeenCalledWith('Somebody else has just moved this lead.', 'error'));
  await vi.waitFor(() => expect(select.value).toBe('lost'));
});

test('a name from right to left does not move the figures beside it', () => {
  const texts = [...(rows()[0]?.querySelectorAll('bdi') ?? [])].map(({ textContent }) => textContent);
  expect(texts).toEqual(['أحمد', expect.stringMatching(/5.?000/), '40 %']);
});

test('the form says what is wrong with any of its fields, and gives the focus back when it is left', async () => {
  const add = screen.renderRoot.querySelector<HTMLElement>('#add');
  // Here it is only a tag, and takes no focus by itself.
  add?.setAttribute('tabindex', '0');
  add?.click();
  await screen.updateComplete;
  call.mockImplementation(async (action) => {
    if (action !== 'leads.create') return answer(action);
    const errors = [{ pointer: '/contactName', message: 'Too long.' }];
    throw new UiProblem({ status: 422, code: 'unprocessable', detail: 'Look at the field.', errors });
  });
  const buttons = () => [...(form()?.renderRoot.querySelectorAll<HTMLElement>('vaadin-button') ?? [])];
  buttons()
    .find(({ textContent }) => textContent?.includes('Save'))
    ?.click();
  await vi.waitFor(() =>
    expect(form()?.renderRoot.querySelector('[name=contactName]')?.getAttribute('error-message')).toBe('Too long.'),
  );
  buttons()
    .find(({ textContent }) => textContent?.includes('Cancel'))
    ?.click();
  await vi.waitFor(() => expect(form()).toBeNull());
  expect(screen.shadowRoot?.activeElement).toBe(add);
});
