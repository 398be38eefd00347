import type { JsonSchema } from '@bazaar/sdk';
import type { Principal } from './principal.ts';

/**
 * Who may call a route: anyone; anyone signed in to a tenant, also by an API key; anyone signed in in person, for what
 * is their own; holders of a permission in the tenant; operators of the platform.
 */
export type Access = 'public' | 'signed-in' | 'person' | 'operator' | { permission: `core:${string}` };

export interface CookieOptions {
  maxAgeSeconds?: number;
  path?: string;
  /** `lax`: also comes along when another site leads the browser here by a link or redirect. */
  sameSite?: 'strict' | 'lax';
}

/** What a route handler may know of the request. */
export interface RouteContext {
  /** `null` on public routes without a valid token. */
  principal: Principal | null;
  requestId: string;
  ip: string;
  userAgent: string;
  /** A request header by its name in lower case; of one sent several times the first. */
  header(name: string): string | undefined;
  /** The body of a route that takes an upload; `null` on every other. */
  upload: Buffer | null;
  cookies: {
    get(name: string): string | undefined;
    set(name: string, value: string | null, options?: CookieOptions): void;
  };
}

/**
 * One route of the kernel, declared as data: the pipeline enforces it and the OpenAPI document is made from it.
 * Path parameters, query and JSON body are merged into one input object, validated by `input` (ajv, coercing
 * strings of path and query), and handed to the handler.
 */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** OpenAPI style, e.g. `/api/licences/{plugin}/trial`. */
  path: `/api/${string}`;
  operationId: string;
  summary: string;
  tag: string;
  access: Access;
  /**
   * Only for who has proved within the last quarter of an hour who they are (`sudo-required` otherwise); never for API
   * keys, and never while an operator looks at the platform as somebody.
   */
  sudo?: true;
  input?: JsonSchema;
  /** The body is one file of these content types, handed over as `context.upload`; input comes from path and query. */
  upload?: { types: readonly string[]; maxBytes: number };
  output: JsonSchema;
  /** 303: the handler returns a `Redirect`. */
  status?: 200 | 201 | 202 | 204 | 303;
  handler(context: RouteContext, input: never): Promise<unknown>;
}

/** Keeps the handler's input type while routes are collected in one list. */
export function defineRoute<Input extends object>(
  route: Omit<Route, 'handler'> & { handler(context: RouteContext, input: Input): Promise<unknown> },
): Route {
  return route as Route;
}

/** The body of a route that takes an upload. */
export function uploaded(context: RouteContext): Buffer {
  if (!context.upload) throw new Error('route without an upload');
  return context.upload;
}

/** The principal of a route that is not public. */
export function signedIn(context: RouteContext): Principal {
  if (!context.principal) throw new Error('route without a principal');
  return context.principal;
}
