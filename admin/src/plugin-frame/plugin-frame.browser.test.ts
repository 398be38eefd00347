import type { UiContext } from '@bazaar/sdk/ui';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PluginFrame, type PluginFrameEvents } from './plugin-frame.ts';

const context = { plugin: 'toy', params: {}, user: {}, tenant: {} } as unknown as UiContext;
const open: PluginFrame[] = [];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  for (const frame of open.splice(0)) frame.close();
});

function frameOf(module = '/ui/plugins/toy/1.0.0/toys.js') {
  const events = {
    ready: vi.fn(),
    late: vi.fn(),
    failed: vi.fn<(error: unknown) => void>(),
    height: vi.fn(),
    slots: vi.fn(),
    unsaved: vi.fn(),
    open: vi.fn(),
    palette: vi.fn(),
  } satisfies PluginFrameEvents;
  const spec = {
    element: 'toy-things',
    module,
    title: 'Toys',
    plugin: 'toy',
    pluginName: 'Toy box',
    kind: 'screen' as const,
  };
  const frame = new PluginFrame(spec, context, events);
  open.push(frame);
  return { frame, events };
}

/** Nobody serves pages of frames here: what is loaded is none, as when the server is being restarted. */
function loaded({ element }: PluginFrame): Promise<unknown> {
  const over = new Promise((resolve) => element.addEventListener('load', resolve, { once: true }));
  document.body.append(element);
  return over;
}

test('a page that never says a word could not be reached', async () => {
  const { frame, events } = frameOf();
  await loaded(frame);
  vi.advanceTimersByTime(2_900);
  expect(events.failed).not.toHaveBeenCalled();
  vi.advanceTimersByTime(100);
  expect(events.failed.mock.lastCall?.[0]).toBeInstanceOf(TypeError);
});

test('one that takes long is given up by nobody', () => {
  const { events } = frameOf();
  vi.advanceTimersByTime(9_900);
  expect(events.late).not.toHaveBeenCalled();
  vi.advanceTimersByTime(120_000);
  expect(events.late).toHaveBeenCalledOnce();
  expect(events.failed).not.toHaveBeenCalled();
});
