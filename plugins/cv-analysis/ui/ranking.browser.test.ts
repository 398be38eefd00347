import type { UiContext } from '@bazaar/sdk/ui';
import type { LitElement } from 'lit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import './ranking.ts';

const call = vi.fn<UiContext['call']>();
let screen: LitElement & { ctx: UiContext };

beforeEach(() => {
  call.mockReset();
  screen = document.createElement('cv-analysis-ranking') as typeof screen;
  screen.ctx = { plugin: 'cv-analysis', params: {}, call, on: () => () => {} } as unknown as UiContext;
});
afterEach(() => screen.remove());

const said = () => screen.renderRoot.querySelector('.empty h2')?.textContent ?? null;
const picker = () => screen.renderRoot.querySelector<LitElement>('cv-analysis-job-picker');

test.each([
  ['a job is to be chosen', { available: true, items: [{ id: 'j1', title: 'Cook' }] }, 'Choose a job'],
  ['there is none yet', { available: true, items: [] }, 'No jobs yet'],
  ['there is no job board', { available: false, items: [] }, 'No job board'],
])('says that %s', async (_what, options, title) => {
  call.mockResolvedValue(options);
  document.body.append(screen);
  await vi.waitFor(() => expect(said()).toBe(title));
});

test('asks for no job before there is one to choose, and reads the jobs again by itself', async () => {
  call.mockRejectedValueOnce(new TypeError('no connection'));
  call.mockResolvedValue({ available: true, items: [{ id: 'j1', title: 'Cook' }] });
  document.body.append(screen);
  await vi.waitFor(() => expect(picker()?.renderRoot.textContent).toContain('Jobs could not be loaded.'));
  expect(said()).toBeNull();
  await vi.waitFor(() => expect(said()).toBe('Choose a job'), { timeout: 10_000 });
  expect(call).toHaveBeenCalledTimes(2);
});
