import { UiProblem } from '@bazaar/sdk/ui';
import type { Session } from '../session/session.ts';
import { problemOf, readProblem } from './problem.ts';
import { type UploadOptions, upload } from './upload.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface RequestOptions {
  /** Sent as JSON, unless it is a file (Blob). */
  body?: unknown;
  signal?: AbortSignal | undefined;
}

export interface SavedFile {
  name: string;
  content: Blob;
}

/** `attachment; filename="a.pdf"; filename*=UTF-8''…` → the file's name. */
export function attachmentName(header: string | null): string {
  const extended = /filename\*=UTF-8''([^;]+)/i.exec(header ?? '')?.[1];
  if (extended !== undefined) return decodeURIComponent(extended);
  return /filename="?([^";]+)"?/i.exec(header ?? '')?.[1] ?? 'download';
}

/** The platform's API as the signed-in person: sends the token, renews it once when refused, throws `UiProblem`. */
export class ApiClient {
  readonly #session: Session;
  readonly #fetch: typeof globalThis.fetch;
  readonly #prove: () => Promise<boolean>;
  #proving: Promise<boolean> | null = null;

  /** `prove` lets the person prove that it is still them; it is asked when the server wants that, once for all calls. */
  constructor(
    session: Session,
    fetch: typeof globalThis.fetch,
    prove: () => Promise<boolean> = () => Promise.resolve(false),
  ) {
    this.#session = session;
    this.#fetch = fetch;
    this.#prove = prove;
  }

  /** The JSON of the answer, `null` for an empty one. The caller knows the endpoint's shape. */
  async json<Result>(method: Method, path: string, options: RequestOptions = {}): Promise<Result> {
    const response = await this.#send(method, path, options);
    const text = await response.text();
    return (text === '' ? null : JSON.parse(text)) as Result;
  }

  async file(method: Method, path: string, options: RequestOptions = {}): Promise<SavedFile> {
    const response = await this.#send(method, path, options);
    return { name: attachmentName(response.headers.get('content-disposition')), content: await response.blob() };
  }

  /** Sends a form with files; progress is reported while it travels. */
  async upload<Result>(path: string, form: FormData, options: UploadOptions = {}): Promise<Result> {
    const { status, text } = await this.#withToken(
      (token) => upload(path, form, token, options),
      (answer) => answer.status,
    );
    if (status < 200 || status > 299) throw problemOf(status, text);
    return (text === '' ? null : JSON.parse(text)) as Result;
  }

  /** Repeats what the server wanted a recent proof for, after the person has given one. */
  async #send(method: Method, path: string, options: RequestOptions): Promise<Response> {
    try {
      return await this.#sendOnce(method, path, options);
    } catch (error) {
      if (!(error instanceof UiProblem) || error.code !== 'sudo-required') throw error;
      this.#proving ??= this.#prove().finally(() => {
        this.#proving = null;
      });
      if (!(await this.#proving)) throw error;
      return this.#sendOnce(method, path, options);
    }
  }

  async #sendOnce(method: Method, path: string, { body, signal }: RequestOptions): Promise<Response> {
    const response = await this.#withToken(
      (token) => {
        const headers: Record<string, string> = { accept: 'application/json' };
        const isFile = body instanceof Blob;
        if (body !== undefined) headers['content-type'] = isFile ? body.type : 'application/json';
        if (token !== null) headers.authorization = `Bearer ${token}`;
        const request: RequestInit = { method, headers, credentials: 'same-origin' };
        if (body !== undefined) request.body = isFile ? body : JSON.stringify(body);
        if (signal !== undefined) request.signal = signal;
        return this.#fetch(path, request);
      },
      (answer) => answer.status,
    );
    if (!response.ok) throw await readProblem(response);
    return response;
  }

  async #withToken<Answer>(
    attempt: (token: string | null) => Promise<Answer>,
    statusOf: (answer: Answer) => number,
  ): Promise<Answer> {
    const token = await this.#session.token();
    const answer = await attempt(token);
    if (statusOf(answer) !== 401 || token === null) return answer;
    const renewed = await this.#session.renew(token);
    return renewed === null ? answer : attempt(renewed);
  }
}
