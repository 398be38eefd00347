// Runs inside the isolate, before any code of the plugin. What it holds in closures is out of the plugin's reach;
// even if it were not, all that could be done with it is what the plugin may do anyway: ask the kernel, in strings.
import { createContext, type Host, type Invocation } from '@bazaar/sdk/host';
import { encodeError, reviveError } from './errors.ts';
import { type GlobalServices, installGlobals } from './globals/install.ts';
import { GuestTimers, type StartTimer } from './globals/timers.ts';
import { fromJson, toJson } from './json-text.ts';

const { stringify } = JSON;

/** Questions of one call that may wait for an answer at once. */
const MAX_WAITING = 256;

export interface BootOptions extends Pick<GlobalServices, 'parseUrl' | 'randomBytes'> {
  startTimer: StartTimer;
  /** Leads to the kernel. */
  ask(call: number, question: number, operation: string, args: string): void;
  /** Ends a call. */
  finish(call: number, returned: boolean, text: string): void;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

interface RunningCall {
  waiting: Map<number, Waiting>;
  host: Host;
}

type Handler = (...args: unknown[]) => unknown;
type Handlers = Map<string, Handler>;

export interface Guest {
  /** Takes the plugin's default export; returns `HandlerDescription` as JSON. */
  adopt(definition: unknown): string;
  run(call: number, group: string, name: string, invocation: string, input: string): void;
  /** Does nothing; that it has been done says that nothing else is being done. */
  rest(): void;
  answer(call: number, question: number, ok: boolean, text: string): void;
  fire(timer: number): void;
}

function handlersOf(value: unknown): Handlers {
  const handlers: Handlers = new Map();
  if (typeof value !== 'object' || value === null) return handlers;
  for (const name of Object.keys(value)) {
    const handler = (value as Record<string, unknown>)[name];
    if (typeof handler === 'function') handlers.set(name, handler as Handler);
  }
  return handlers;
}

export function start({ ask, finish, startTimer, parseUrl, randomBytes }: BootOptions): Guest {
  const groups = new Map<string, Handlers>();
  const calls = new Map<number, RunningCall>();
  const timers = new GuestTimers(startTimer);
  let lastQuestion = 0;

  installGlobals({
    parseUrl,
    randomBytes,
    timers,
    log: (level, message) => {
      // Of several calls at work the latest; all are of the same plugin and tenant.
      const host = [...calls.values()].at(-1)?.host;
      host?.call('log.write', { level, message, data: {} }).catch(() => {
        // As with ctx.log: a line that is refused must not fail the work.
      });
    },
  });

  const hostOf = (id: number, waiting: Map<number, Waiting>): Host => ({
    call: (operation, args) =>
      new Promise((resolve, reject) => {
        if (!calls.has(id)) {
          throw new Error(`"${operation}" was called after its handler had ended; await every call`);
        }
        if (waiting.size >= MAX_WAITING) {
          throw new Error(`"${operation}" was called while ${MAX_WAITING} calls before it were still waiting`);
        }
        const text = toJson(args, `arguments of "${operation}"`);
        lastQuestion += 1;
        waiting.set(lastQuestion, { resolve: resolve as (value: unknown) => void, reject });
        ask(id, lastQuestion, String(operation), text);
      }),
  });

  const settle = (id: number, returned: boolean, text: string) => {
    if (!calls.delete(id)) return;
    if (calls.size === 0) timers.drop();
    finish(id, returned, text);
  };

  const perform = async (id: number, group: string, name: string, invocation: string, input: string) => {
    const waiting = new Map<number, Waiting>();
    const host = hostOf(id, waiting);
    calls.set(id, { waiting, host });
    try {
      const handler = groups.get(group)?.get(name);
      if (!handler) throw new Error(`no handler "${name}"`);
      const context = createContext(fromJson(invocation) as Invocation, host);
      const output = await handler(context, fromJson(input));
      settle(id, true, group === 'actions' ? toJson(output, `the result of "${name}"`) : 'null');
    } catch (error) {
      settle(id, false, encodeError(error));
    }
  };

  return {
    adopt(definition) {
      if (typeof definition !== 'object' || definition === null) return 'null';
      const { actions, subscriptions, demo } = definition as Record<string, unknown>;
      groups.set('actions', handlersOf(actions));
      groups.set('subscriptions', handlersOf(subscriptions));
      groups.set('demo', handlersOf({ demo }));
      const names = (group: string) => [...(groups.get(group)?.keys() ?? [])].slice(0, 10_000);
      const text = stringify({
        actions: names('actions'),
        subscriptions: names('subscriptions'),
        demo: typeof demo === 'function',
      });
      return text;
    },
    run(id, group, name, invocation, input) {
      void perform(id, group, name, invocation, input);
    },
    fire: (timer) => timers.fire(timer),
    rest() {
      return undefined;
    },
    answer(id, question, ok, text) {
      const waiting = calls.get(id)?.waiting;
      const asked = waiting?.get(question);
      if (!waiting || !asked) return;
      waiting.delete(question);
      if (ok) asked.resolve(fromJson(text));
      else asked.reject(reviveError(text));
    },
  };
}
