import type { ProblemDocument } from '../../errors/index.ts';
import { StartupError } from '../../errors/index.ts';
import type { Connection } from './connection.ts';

/** The kernel has refused, and says why. */
export class Refusal extends Error {
  readonly problem: ProblemDocument;

  constructor(problem: ProblemDocument) {
    super(problem.detail);
    this.name = 'Refusal';
    this.problem = problem;
  }
}

export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export interface CallOptions {
  query?: Query;
  /** Sent as JSON. */
  body?: object;
  /** Sent as it is. */
  archive?: Buffer;
}

/** Talks to the operator's part of the API. */
export class OperatorClient {
  readonly #connect: () => Promise<Connection>;
  #connected: Promise<Connection> | undefined;

  /** Connects when something is to be said: what is wrong with a command line is found before. */
  constructor(connect: () => Promise<Connection>) {
    this.#connect = connect;
  }

  /** Rejects with `Refusal`, or `StartupError` when the kernel is not there any more. */
  async call<T>(method: 'GET' | 'POST', path: string, { query, body, archive }: CallOptions = {}): Promise<T> {
    this.#connected ??= this.#connect();
    const connection = await this.#connected;
    const url = new URL(`/api/operator${path}`, connection.url);
    for (const [name, value] of Object.entries(query ?? {})) {
      for (const item of Array.isArray(value) ? value : [value]) {
        if (item !== undefined) url.searchParams.append(name, String(item));
      }
    }
    const type = archive ? 'application/gzip' : body ? 'application/json' : undefined;
    const headers = {
      Authorization: `Bearer ${await connection.token()}`,
      'User-Agent': 'bazaar command line',
      ...(type === undefined ? {} : { 'Content-Type': type }),
    };
    const sent = archive ? new Uint8Array(archive) : body ? JSON.stringify(body) : null;
    const response = await fetch(url, { method, headers, body: sent }).catch((cause: unknown) => {
      throw new StartupError(`The platform at ${connection.url} does not answer any more.`, { cause });
    });
    const text = await response.text();
    let answer: unknown;
    try {
      answer = JSON.parse(text);
    } catch (cause) {
      throw new StartupError(`${url.origin} answered ${response.status} with something else than JSON.`, { cause });
    }
    if (!response.ok) throw new Refusal(answer as ProblemDocument);
    return answer as T;
  }
}
