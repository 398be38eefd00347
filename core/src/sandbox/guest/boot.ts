// Runs inside the isolate, before any code of the plugin. What it holds in closures is out of the plugin's reach;
// even if it were not, all that could be done with it is what the plugin may do anyway: ask the kernel, in strings.
import { createContext, type Invocation } from '@bazaar/sdk/host';
import { ALLOWANCE } from '../wire/allowances.ts';
import { checked, type Services } from './crossing.ts';
import { encodeError } from './errors.ts';
import { installGlobals } from './globals/install.ts';
import { GuestTimers } from './globals/timers.ts';
import { OwnMap } from './intrinsics.ts';
import { fromJson, toJson } from './json-text.ts';
import { type Ask, type Asker, Questions } from './questions.ts';

const { stringify } = JSON;
const { keys } = Object;

export interface BootOptions extends Services {
  ask: Ask;
  /** Ends a call. */
  finish(call: number, returned: boolean, text: string): void;
}

type Handler = (...args: unknown[]) => unknown;
type Handlers = Map<string, Handler>;

export interface Guest {
  /** Takes the plugin's default export; returns `HandlerDescription` as JSON. */
  adopt(definition: unknown): string;
  run(call: number, group: string, name: string, invocation: string, input: string): void;
  /** Does nothing: once it has run, nothing else is running. */
  rest(): void;
  answer(question: number, ok: boolean, text: string): void;
  fire(timer: number): void;
}

function handlersOf(value: unknown): Handlers {
  const handlers: Handlers = new OwnMap();
  if (typeof value !== 'object' || value === null) return handlers;
  const names = keys(value);
  for (let index = 0; index < names.length; index += 1) {
    const name = names[index] ?? '';
    const handler = (value as Record<string, unknown>)[name];
    if (typeof handler === 'function') handlers.set(name, handler as Handler);
  }
  return handlers;
}

function namesOf(handlers: Handlers): string[] {
  const names: string[] = [];
  handlers.forEach((_handler, name) => {
    names[names.length] = name;
  });
  return names;
}

export function start({ ask, finish, ...services }: BootOptions): Guest {
  const groups = new OwnMap<string, Handlers>();
  const calls = new OwnMap<number, Asker>();
  const { parseUrl, randomBytes, startTimer } = checked(services);
  const timers = new GuestTimers(startTimer);
  const questions = new Questions(ask);

  installGlobals({
    parseUrl,
    randomBytes,
    timers,
    log: (level, message) => {
      // Of several calls at work the latest; all are of the same plugin and tenant.
      let latest: Asker | undefined;
      calls.forEach((asker) => {
        latest = asker;
      });
      if (!latest) return;
      const line = questions.hostOf(latest).call('log.write', { level, message, data: {} });
      line.catch(() => {
        // As with ctx.log: a line that is refused must not fail the work.
      });
    },
  });

  const settle = (id: number, returned: boolean, text: string) => {
    const asker = calls.get(id);
    if (!asker) return;
    calls.delete(id);
    questions.end(asker);
    if (calls.size === 0) timers.drop();
    finish(id, returned, text);
  };

  const perform = async (id: number, group: string, name: string, invocation: string, input: string) => {
    const asker = questions.begin(id);
    calls.set(id, asker);
    try {
      const handler = groups.get(group)?.get(name);
      if (!handler) throw new Error(`no handler "${name}"`);
      const context = createContext(fromJson(invocation) as Invocation, questions.hostOf(asker));
      const output = await handler(context, fromJson(input));
      settle(
        id,
        true,
        group === 'actions' || group === 'privacy'
          ? toJson(output, `the result of "${name}"`, ALLOWANCE.result)
          : 'null',
      );
    } catch (error) {
      settle(id, false, encodeError(error));
    }
  };

  return {
    adopt(definition) {
      if (typeof definition !== 'object' || definition === null) return 'null';
      const { actions, subscriptions, demo, exportPerson, erasePerson } = definition as Record<string, unknown>;
      const handlers = { actions: handlersOf(actions), subscriptions: handlersOf(subscriptions) };
      groups.set('actions', handlers.actions);
      groups.set('subscriptions', handlers.subscriptions);
      const privacy = handlersOf({ exportPerson, erasePerson });
      groups.set('demo', handlersOf({ demo }));
      groups.set('privacy', privacy);
      const text = stringify({
        actions: namesOf(handlers.actions),
        subscriptions: namesOf(handlers.subscriptions),
        demo: typeof demo === 'function',
        privacy: namesOf(privacy),
      });
      return text.length > ALLOWANCE.description ? 'null' : text;
    },
    run(id, group, name, invocation, input) {
      void perform(id, group, name, invocation, input);
    },
    fire: (timer) => timers.fire(timer),
    rest() {
      return undefined;
    },
    answer: (question, ok, text) => questions.answer(question, ok, text),
  };
}
