import type { Context, DeliveredEvent, JsonObject, JsonValue, PersonExportRequest } from '@bazaar/sdk';
import { assertJson, createContext, NotJsonError } from '@bazaar/sdk/host';
import { ApiError } from '../../errors/index.ts';
import type { PrivacyHandler } from '../boundary/handlers.ts';
import type { PluginRuntime, RuntimeCall, RuntimeFactory } from '../types.ts';
import { type Definition, importDefinition } from './import-definition.ts';

const IMPORT_TIMEOUT_MS = 10_000;

/**
 * Rejects with `unavailable` when the work takes longer. Inside the kernel's process nothing can stop it: the
 * session refuses what it still asks for.
 */
function beforeDeadline<T>(call: RuntimeCall, name: string, start: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      const seconds = call.deadlineMs / 1000;
      reject(
        new ApiError('unavailable', `"${name}" of ${call.invocation.plugin.id} did not finish within ${seconds} s.`, {
          reason: 'deadline-passed',
        }),
      );
    }, call.deadlineMs);
    start().then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}

function checkedResult(call: RuntimeCall, name: string, result: JsonValue): JsonValue {
  try {
    call.usage?.({ resultSize: assertJson(result) });
  } catch (error) {
    if (!(error instanceof NotJsonError)) throw error;
    throw new TypeError(`the result of "${name}" must be JSON: ${error.message}`);
  }
  return result;
}

/** Runs the handlers of a plugin the operator trusts in the kernel's own process. */
class InlineRuntime implements PluginRuntime {
  readonly #definition: Definition;

  constructor(definition: Definition) {
    this.#definition = definition;
  }

  async action(name: string, call: RuntimeCall, input: JsonObject): Promise<JsonValue> {
    const handler = this.#definition.actions.get(name) as
      | ((context: Context, input: JsonObject) => Promise<JsonValue>)
      | undefined;
    if (!handler) throw new Error(`no handler "${name}"`);
    return checkedResult(
      call,
      name,
      await beforeDeadline(call, name, async () => handler(createContext(call.invocation, call.host), input)),
    );
  }

  async subscription(name: string, call: RuntimeCall, event: DeliveredEvent<JsonObject>): Promise<void> {
    const handler = this.#definition.subscriptions.get(name) as
      | ((context: Context, event: DeliveredEvent<JsonObject>) => Promise<void>)
      | undefined;
    if (!handler) throw new Error(`no handler for "${name}"`);
    await beforeDeadline(call, name, async () => handler(createContext(call.invocation, call.host), event));
  }

  async demo(call: RuntimeCall, data: JsonValue): Promise<void> {
    const handler = this.#definition.demo as ((context: Context, data: JsonValue) => Promise<void>) | undefined;
    if (!handler) throw new Error('no handler "demo"');
    await beforeDeadline(call, 'demo', async () => handler(createContext(call.invocation, call.host), data));
  }

  async privacy(name: PrivacyHandler, call: RuntimeCall, person: PersonExportRequest): Promise<JsonValue> {
    const handler = this.#definition.privacy.get(name) as
      | ((context: Context, person: PersonExportRequest) => Promise<JsonValue>)
      | undefined;
    if (!handler) throw new Error(`no handler "${name}"`);
    return checkedResult(
      call,
      name,
      await beforeDeadline(call, name, async () => handler(createContext(call.invocation, call.host), person)),
    );
  }

  async close(): Promise<void> {
    // Nothing is held: a module, once imported, stays with the process.
  }
}

/** The tier for plugins the operator vouches for. */
export const createInlineRuntime: RuntimeFactory = async (source) =>
  new InlineRuntime(await importDefinition(source, IMPORT_TIMEOUT_MS));
