import type { CallOptions, UiContext } from '@bazaar/sdk/ui';
import type { ActionName, Input, Output } from '../../src/context.ts';

type Json = NonNullable<Parameters<UiContext['call']>[1]>;

type Fields<Name extends ActionName> = Omit<Input<Name>, 'cv'>;

/** A field may be `undefined`. What is a stored file for the handler is a file here, passed in `options.files`. */
type Sent<Name extends ActionName> = {
  [Field in keyof Fields<Name>]: Fields<Name>[Field] | UndefinedIfOptional<Fields<Name>, Field>;
};

type UndefinedIfOptional<Of, Field extends keyof Of> = Record<never, never> extends Pick<Of, Field> ? undefined : never;

/** Calls one of the plugin's own actions with the types of its manifest. */
export async function call<Name extends ActionName>(
  ctx: UiContext,
  action: Name,
  input: Sent<Name>,
  options?: CallOptions,
): Promise<Output<Name>> {
  // Values that are not given are not sent.
  const json = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as Json;
  return (await ctx.call(action, json, options)) as Output<Name>;
}

/** Whether the person may do something; the server asks again. */
export function may(ctx: UiContext, permission: string): boolean {
  return ctx.user.permissions.includes(`cv-analysis:${permission}`);
}
