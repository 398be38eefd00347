import type { UploadedFile } from '../context.ts';
import type { Contract } from '../contract.ts';
import type { JsonObject } from '../json.ts';
import type { CallOptions, UiContext } from './contract.ts';

/** What is a stored file for the handler is a file of the browser here, passed in `options.files`. */
type FileFields<Input> = {
  [Field in keyof Input]-?: NonNullable<Input[Field]> extends UploadedFile | UploadedFile[] ? Field : never;
}[keyof Input];

type UndefinedIfOptional<Of, Field extends keyof Of> = Record<never, never> extends Pick<Of, Field> ? undefined : never;

/** An optional field may also be `undefined`. */
type Sent<Input, Fields = Omit<Input, FileFields<Input>>> = {
  [Field in keyof Fields]: Fields[Field] | UndefinedIfOptional<Fields, Field>;
};

export type TypedCall<Actions extends Contract['actions']> = <Name extends keyof Actions & string>(
  ctx: UiContext,
  action: Name,
  input: Sent<Actions[Name]['input']>,
  options?: CallOptions,
) => Promise<Actions[Name]['output']>;

/**
 * `ctx.call` for the plugin's own actions, with the types of its manifest: `const call = typedCall<Contract>()`, then
 * `await call(ctx, 'jobs.get', { id })`. Fields that are `undefined` are not sent.
 */
export function typedCall<Own extends Pick<Contract, 'actions'>>(): TypedCall<Own['actions']> {
  return async (ctx, action, input, options) => {
    const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as JsonObject;
    return ctx.call(action, given, options);
  };
}
