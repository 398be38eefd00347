import { describe, expect, it, vi } from 'vitest';
import { type ChangeBus, createChanges } from './changes.ts';

function fakeBus() {
  const listeners = new Map<string, (payload: unknown) => void>();
  const gaps = new Set<() => void>();
  const bus: ChangeBus = {
    publish: vi.fn(async () => undefined),
    on(kind, listener) {
      listeners.set(kind, listener);
      return () => listeners.delete(kind);
    },
    onGap(listener) {
      gaps.add(listener);
      return () => gaps.delete(listener);
    },
  };
  return { bus, receive: (kind: string, payload: unknown) => listeners.get(kind)?.(payload), gaps };
}

const LOG = { error: vi.fn() };

describe('changes', () => {
  it('reach this node before announcing returns, then the others', async () => {
    const { bus } = fakeBus();
    const changes = createChanges(bus, LOG);
    const heard: unknown[] = [];
    changes.listen('licence', (payload) => heard.push(payload), vi.fn());
    const announced = changes.announce('licence', { tenantId: 't', plugin: 'p' });
    expect(heard).toEqual([{ tenantId: 't', plugin: 'p' }]);
    await announced;
    expect(bus.publish).toHaveBeenCalledWith('licence', { tenantId: 't', plugin: 'p' });
  });

  it('are not undone when the others cannot be told', async () => {
    const { bus } = fakeBus();
    vi.mocked(bus.publish).mockRejectedValue(new Error('no connection'));
    await createChanges(bus, LOG).announce('role', { tenantId: 't' });
    expect(LOG.error).toHaveBeenCalledOnce();
  });

  it('of other nodes are heard; gaps and messages that are not understood count as lost', () => {
    const { bus, receive, gaps } = fakeBus();
    const heard: unknown[] = [];
    const lost = vi.fn();
    const undo = createChanges(bus, LOG).listen('session', (payload) => heard.push(payload), lost);
    receive('session', { tenantId: 't', sessionId: 's' });
    expect(heard).toEqual([{ tenantId: 't', sessionId: 's' }]);
    for (const strange of [null, 'x', {}, { tenantId: 't' }, { tenantId: 't', sessionId: 7 }])
      receive('session', strange);
    expect(lost).toHaveBeenCalledTimes(5);
    for (const gap of gaps) gap();
    expect(lost).toHaveBeenCalledTimes(6);
    undo();
    receive('session', { tenantId: 't', sessionId: 's' });
    expect([heard.length, gaps.size]).toEqual([1, 0]);
  });
});
