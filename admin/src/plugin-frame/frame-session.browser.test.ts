import type { JsonObject } from '@bazaar/sdk';
import { type UiContext, UiProblem } from '@bazaar/sdk/ui';
import { afterEach, expect, test, vi } from 'vitest';
import { createFrameContext } from '../frame/frame-context.ts';
import { ShellPort } from '../frame/shell-port.ts';
import { type FrameEvents, FrameSession } from './frame-session.ts';

const subject = {
  params: { id: '1' },
  tenant: { id: 't', slug: 'acme', name: 'Acme' },
  user: { id: 'u', name: 'Ada', email: 'a@acme.test', permissions: [] },
  readOnly: false,
  address: 'http://localhost/toy',
};
const open: FrameSession[] = [];
afterEach(() => {
  for (const session of open.splice(0)) session.close();
});

/** Both ends of one port: the context that a plugin sees, and what the shell does with it. */
function connect(change: Partial<UiContext> = {}) {
  const call = vi.fn<UiContext['call']>(async (_action, input) => ({ got: input ?? null }));
  const notify = vi.fn<UiContext['notify']>();
  const navigate = vi.fn<UiContext['navigate']>();
  const events = {
    ready: vi.fn(),
    failed: vi.fn(),
    height: vi.fn(),
    slots: vi.fn(),
    unsaved: vi.fn(),
    open: vi.fn(),
    palette: vi.fn(),
  } satisfies FrameEvents;
  const shellSide = {
    ...subject,
    plugin: 'toy',
    call,
    download: vi.fn(async () => {}),
    navigate,
    setTitle: vi.fn(),
    notify,
    on: vi.fn<UiContext['on']>(() => () => {}),
    confirm: vi.fn(async () => true),
    ...change,
  };
  const { port1, port2 } = new MessageChannel();
  const session = new FrameSession(port1, shellSide, events);
  open.push(session);
  const port = new ShellPort(port2, () => {});
  const ctx = createFrameContext(port, 'toy', subject.params, { subject: () => subject, leaving: () => {} });
  return { ctx, raw: port2, call, notify, navigate, events, session };
}

test('a call goes through with its input as JSON, and its answer comes back', async () => {
  const { ctx, call } = connect();
  const input = { a: 1, gone: undefined, when: new Date(0) } as unknown as JsonObject;
  expect(await ctx.call('things.get', input)).toEqual({ got: { a: 1, when: '1970-01-01T00:00:00.000Z' } });
  expect(call.mock.calls[0]?.[0]).toBe('things.get');
});

test('a refusal is the same problem on the other side', async () => {
  const problem = new UiProblem({
    status: 422,
    code: 'invalid-input',
    detail: 'No.',
    reason: 'why',
    errors: [{ pointer: '/a', message: 'wrong' }],
    action: { label: 'Mend', href: '/x' },
  });
  const { ctx } = connect({ call: () => Promise.reject(problem) });
  const error = await ctx.call('x').catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UiProblem);
  expect({ ...(error as UiProblem) }).toEqual({ ...problem });
  expect((error as UiProblem).message).toBe('No.');
});

test.each([
  [new TypeError('fetch failed'), TypeError],
  [new DOMException('x', 'AbortError'), DOMException],
  [new RangeError('odd'), Error],
])('%s keeps its kind', async (thrown, kind) => {
  const { ctx } = connect({ call: () => Promise.reject(thrown) });
  await expect(ctx.call('x')).rejects.toBeInstanceOf(kind);
});

test('files are sent with progress, and an aborted call is aborted on both sides', async () => {
  let signal: AbortSignal | undefined;
  const { ctx } = connect({
    call: (_action, _input, options) => {
      signal = options?.signal;
      options?.onProgress?.(50);
      expect(options?.files?.cv).toBeInstanceOf(File);
      return new Promise(() => {});
    },
  });
  const abort = new AbortController();
  const progress: number[] = [];
  const files = { cv: new File(['x'], 'cv.pdf') };
  const call = ctx.call('upload', {}, { files, signal: abort.signal, onProgress: (percent) => progress.push(percent) });
  await expect.poll(() => progress).toEqual([50]);
  abort.abort();
  await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  await expect.poll(() => signal?.aborted).toBe(true);
});

test('events are heard once each and no longer after the undo', async () => {
  const listeners = new Map<string, (payload: JsonObject) => void>();
  const undone: string[] = [];
  const { ctx } = connect({
    on: (event, listener) => {
      listeners.set(event, listener);
      return () => undone.push(event);
    },
  });
  const heard: unknown[] = [];
  const undoFirst = ctx.on('toy.made', (payload) => heard.push(['first', payload]));
  const undoSecond = ctx.on('toy.made', (payload) => heard.push(['second', payload]));
  await expect.poll(() => listeners.size).toBe(1);
  listeners.get('toy.made')?.({ id: 1 });
  await expect
    .poll(() => heard)
    .toEqual([
      ['first', { id: 1 }],
      ['second', { id: 1 }],
    ]);
  undoFirst();
  undoSecond();
  await expect.poll(() => undone).toEqual(['toy.made']);
});

test('what is shown is bounded: one question at a time, few notices', async () => {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const { ctx, notify } = connect({ confirm: () => promise });
  const question = { title: 'Sure?', message: '', confirm: 'Yes' };
  const first = ctx.confirm(question);
  await expect(ctx.confirm(question)).rejects.toMatchObject({ code: 'too-many-requests' });
  resolve(true);
  expect(await first).toBe(true);
  for (let index = 0; index < 100; index++) ctx.notify('look here');
  await ctx.call('x');
  expect(notify.mock.calls.length).toBeLessThanOrEqual(6);
});

test('calls in flight are bounded, and messages that are none are not answered', async () => {
  const call = vi.fn(() => new Promise<never>(() => {}));
  const { ctx, raw, events } = connect({ call });
  for (const junk of [null, 1, 'x', { type: 'eval' }, { type: 'call', id: 'x' }]) raw.postMessage(junk);
  const refused: unknown[] = [];
  for (let index = 0; index < 45; index++) ctx.call('x').catch((error: UiProblem) => refused.push(error.code));
  await expect.poll(() => refused).toEqual(Array(5).fill('too-many-requests'));
  expect(call).toHaveBeenCalledTimes(40);
  expect(events.failed).not.toHaveBeenCalled();
});

test('a flood ends the frame', async () => {
  const { raw, events } = connect();
  for (let index = 0; index < 2000; index++) raw.postMessage({ type: 'height', height: index });
  await expect.poll(() => events.failed.mock.calls.length).toBeGreaterThan(0);
});

test('closing aborts what is under way and hears no more', async () => {
  const signals: (AbortSignal | undefined)[] = [];
  const { ctx, session, navigate } = connect({
    call: (_action, _input, options) => {
      signals.push(options?.signal);
      return new Promise(() => {});
    },
  });
  void ctx.call('x');
  await expect.poll(() => signals.length).toBe(1);
  session.close();
  expect(signals[0]?.aborted).toBe(true);
  ctx.navigate('/x');
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(navigate).not.toHaveBeenCalled();
});
