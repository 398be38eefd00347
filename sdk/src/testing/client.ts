import type { UploadedFile } from '../context.ts';
import type { Contract } from '../contract.ts';
import type { FieldError } from '../problem.ts';
import { buildRequest, type Operation, readOperations } from './operations.ts';

/** A problem document of the API, thrown by calls that were refused. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly reason: string | undefined;
  readonly errors: FieldError[];
  readonly requestId: string;

  constructor(problem: {
    status: number;
    code: string;
    detail: string;
    reason?: string;
    errors?: FieldError[];
    requestId: string;
  }) {
    super(problem.detail);
    this.name = 'ApiProblem';
    this.status = problem.status;
    this.code = problem.code;
    this.reason = problem.reason;
    this.errors = problem.errors ?? [];
    this.requestId = problem.requestId;
  }
}

/** What is a stored file for a handler is sent as a `File` by its caller. */
type AsSent<Input> = {
  [Name in keyof Input]: NonNullable<Input[Name]> extends UploadedFile
    ? File | Extract<Input[Name], undefined>
    : NonNullable<Input[Name]> extends UploadedFile[]
      ? File[] | Extract<Input[Name], undefined>
      : Input[Name];
};

/** Calls the actions of one plugin with the types of its generated contract. */
export interface PluginClient<C extends Contract> {
  call<Name extends keyof C['actions'] & string>(
    action: Name,
    ...input: Record<string, never> extends C['actions'][Name]['input']
      ? [input?: AsSent<C['actions'][Name]['input']>]
      : [input: AsSent<C['actions'][Name]['input']>]
  ): Promise<C['actions'][Name]['output']>;
}

export interface RequestOptions {
  query?: Record<string, string | number | boolean>;
  /** Sent as JSON, unless it is a FormData or a file (Blob). */
  body?: unknown;
  headers?: Record<string, string>;
}

/** HTTP client of one person, or of a visitor. */
export interface ApiClient {
  /** Sends a request as it is and resolves whatever the status: for tests of the refusals themselves. */
  fetch(method: string, path: string, options?: RequestOptions): Promise<Response>;
  /** Resolves with the parsed body; rejects with `ApiProblem`. */
  json<T = unknown>(method: string, path: string, options?: RequestOptions): Promise<T>;
  /**
   * Calls an action by its full name (`job-board.jobs.list`) over HTTP, at whatever address it has. `File` values
   * are uploaded. Rejects with `ApiProblem`.
   */
  call<Output = unknown>(action: string, input?: object): Promise<Output>;
  /** The same for one plugin, by the names and types of its contract. */
  plugin<C extends Contract>(id: string): PluginClient<C>;
}

export interface Credentials {
  accessToken?: string;
  /** Named in a header by visitors. */
  tenant?: string;
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const text = await response.text();
  try {
    return new ApiProblem(JSON.parse(text));
  } catch (cause) {
    throw new Error(`status ${response.status} without a problem document: ${text.slice(0, 500)}`, { cause });
  }
}

/** A client for the platform at `url`. */
export function createClient(url: string, { accessToken, tenant }: Credentials): ApiClient {
  const identity: Record<string, string> = {
    ...(accessToken === undefined ? {} : { Authorization: `Bearer ${accessToken}` }),
    ...(tenant === undefined ? {} : { 'X-Bazaar-Tenant': tenant }),
  };
  let operations: Promise<ReadonlyMap<string, Operation>> | undefined;

  const client: ApiClient = {
    fetch(method, path, { query, body, headers } = {}) {
      const target = new URL(path, url);
      for (const [name, value] of Object.entries(query ?? {})) target.searchParams.append(name, String(value));
      const json = body !== undefined && !(body instanceof FormData || body instanceof Blob);
      return fetch(target, {
        method,
        headers: { ...identity, ...(json ? { 'Content-Type': 'application/json' } : {}), ...headers },
        ...(body === undefined ? {} : { body: json ? JSON.stringify(body) : (body as FormData | Blob) }),
        redirect: 'manual',
      });
    },

    async json<T>(method: string, path: string, options?: RequestOptions) {
      const response = await client.fetch(method, path, options);
      if (!response.ok) throw await problemOf(response);
      return (response.status === 204 ? null : await response.json()) as T;
    },

    async call<Output>(action: string, input: object = {}) {
      // Without credentials: the document of all running plugins, so that refusals can be tested too.
      operations ??= fetch(new URL('/api/openapi.json', url))
        .then((response) => response.json())
        .then(readOperations);
      const operation = (await operations).get(action);
      if (!operation) throw new Error(`there is no action "${action}" that can be called over HTTP`);
      const { method, path, query, body } = buildRequest(operation, input as Record<string, unknown>);
      const target = `${path}${query}`;
      return client.json<Output>(method, target, body === undefined ? {} : { body });
    },

    plugin: (id) => ({ call: (action, ...[input]) => client.call(`${id}.${action}`, input) }),
  };
  return client;
}
