import { createHash } from 'node:crypto';
import type { Contract } from '../contract/contract.ts';
import { RouteTable } from '../contract/contract.ts';
import { ParameterReader } from '../contract/parameters.ts';
import type { Books, Cause } from '../state/books.ts';
import { newId } from '../state/ids.ts';
import type { Store } from '../state/store.ts';
import type { RouteDefinition } from './call.ts';
import { notImplemented, StripeError } from './errors.ts';
import { expanded } from './expand.ts';
import { parseForm } from './form.ts';
import { INCLUDABLE } from './includable.ts';

const API_VERSION = '2026-10-28.endive';
const DAY = 86_400;

/** A request to the API as it came. */
export interface ApiRequest {
  method: string;
  path: string;
  query: string;
  body: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface ApiAnswer {
  status: number;
  body: string;
  headers: Record<string, string>;
}

/** What publishable keys may do: what a browser does with a client secret. */
const FOR_BROWSERS = new Set([
  'GET /v1/payment_intents/{}',
  'POST /v1/payment_intents/{}/confirm',
  'GET /v1/setup_intents/{}',
  'POST /v1/setup_intents/{}/confirm',
  'POST /v1/payment_methods',
]);

/** Answers API requests: checks them against the contract, does them, remembers answers by idempotency key. */
export class Api {
  readonly #contract: Contract;
  readonly #known: RouteTable;
  readonly #reader: ParameterReader;
  readonly #routes: ReadonlyMap<string, RouteDefinition>;
  readonly #store: Store;
  readonly #books: (account: string | null, cause: Cause) => Books;
  readonly #committed: () => void;
  readonly busyKeys = new Set<string>();

  constructor(
    contract: Contract,
    routes: readonly RouteDefinition[],
    store: Store,
    books: (account: string | null, cause: Cause) => Books,
    committed: () => void,
  ) {
    this.#contract = contract;
    this.#known = new RouteTable(contract.known);
    this.#reader = new ParameterReader(contract.parts);
    this.#routes = new Map(routes.map((route) => [route.name, route]));
    this.#store = store;
    this.#books = books;
    this.#committed = committed;
  }

  /** The key that remembers this request's answer, if it has one. */
  memory(request: ApiRequest): string | undefined {
    const key = header(request, 'idempotency-key');
    if (key === undefined || request.method !== 'POST') return undefined;
    return `${header(request, 'stripe-account') ?? ''} ${key}`;
  }

  answer(request: ApiRequest): ApiAnswer {
    const id = newId('req');
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      'request-id': id,
      'stripe-version': API_VERSION,
    };
    const memory = this.memory(request);
    const key = header(request, 'idempotency-key');
    if (key !== undefined) headers['idempotency-key'] = key;
    try {
      const { publishable } = authenticated(request);
      const version = header(request, 'stripe-version');
      if (version !== undefined && version !== API_VERSION) {
        throw new StripeError(400, `The double speaks API version ${API_VERSION}, not ${version.slice(0, 40)}.`);
      }
      const match = this.#known.match(request.method, request.path);
      if (match === undefined) {
        throw new StripeError(
          404,
          `Unrecognized request URL (${request.method}: ${request.path}). If you are trying to list objects, remove the trailing slash.`,
        );
      }
      const route = this.#routes.get(match.name);
      const schema = this.#contract.routes[match.name];
      if (route === undefined || schema === undefined) throw notImplemented(match.name);
      const account = this.#account(request);
      const remembered = memory === undefined ? undefined : this.#store.get('remembered', memory)?.value;
      const digest = digestOf(request);
      if (remembered !== undefined) {
        if (remembered.digest !== digest) {
          throw new StripeError(
            400,
            `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key ?? ''}' if you meant to execute a different request.`,
            { type: 'idempotency_error' },
          );
        }
        headers['idempotent-replayed'] = 'true';
        return { status: remembered.status, body: remembered.body, headers };
      }
      const form = this.#form(request);
      if (publishable) {
        if (!FOR_BROWSERS.has(match.name)) {
          throw new StripeError(
            403,
            'This API call cannot be made with a publishable API key. Please use a secret API key.',
            { code: 'secret_key_required' },
          );
        }
        this.#provenBySecret(match, form, account);
      }
      const params = this.#reader.read(schema, form);
      route.support.demand(match.name, params);
      const books = this.#books(account, { id, idempotency_key: key ?? null });
      const done = this.#perform(() => {
        const object = route.handle({
          params,
          ids: match.ids.map(decodeURIComponent),
          books,
          publishable,
          path: request.path,
        });
        return expanded(object, (params.expand as string[] | undefined) ?? [], books, INCLUDABLE);
      }, id);
      const body = JSON.stringify(done.body, null, 2);
      if (memory !== undefined && done.status < 500 && done.status !== 409 && done.status !== 429) {
        const now = Math.floor(Date.now() / 1000);
        this.#store.put('remembered', memory, null, { id: memory, digest, status: done.status, body, at: now });
      }
      this.#store.commit();
      this.#committed();
      return { status: done.status, body, headers };
    } catch (error) {
      this.#store.undo();
      if (!(error instanceof StripeError)) throw error;
      return { status: error.status, body: JSON.stringify(error.body(id), null, 2), headers };
    }
  }

  /** Forgets answers older than a day, and events older than thirty. */
  forgetOld(): void {
    const now = Math.floor(Date.now() / 1000);
    for (const { value } of this.#store.rows('remembered'))
      if (value.at < now - DAY) this.#store.remove('remembered', value.id);
    this.#store.commit();
  }

  #perform(handle: () => object, request: string): { status: number; body: object } {
    try {
      return { status: 200, body: handle() };
    } catch (error) {
      if (!(error instanceof StripeError)) throw error;
      if (!error.keepsEffects) this.#store.undo();
      return { status: error.status, body: error.body(request) };
    }
  }

  #form(request: ApiRequest) {
    const type = header(request, 'content-type') ?? '';
    if (request.method === 'POST' && request.body !== '' && !type.startsWith('application/x-www-form-urlencoded')) {
      throw new StripeError(400, 'Invalid request: bodies are urlencoded forms.');
    }
    try {
      return parseForm(request.method === 'POST' ? request.body : request.query);
    } catch (error) {
      if (error instanceof RangeError) throw new StripeError(400, error.message);
      throw error;
    }
  }

  #account(request: ApiRequest): string | null {
    const account = header(request, 'stripe-account');
    if (account === undefined || account === '') return null;
    if (this.#store.get('account', account) !== undefined) return account;
    throw new StripeError(
      403,
      `The provided key does not have access to account '${account.slice(0, 40)}' (or that account does not exist).`,
      {
        code: 'account_invalid',
      },
    );
  }

  #provenBySecret(match: { name: string; ids: string[] }, form: Record<string, unknown>, account: string | null): void {
    delete form.key;
    if (match.name === 'POST /v1/payment_methods') return;
    const secret = form.client_secret;
    delete form.client_secret;
    const books = this.#books(account, { id: null, idempotency_key: null });
    const id = match.ids[0] ?? '';
    const intent = match.name.includes('setup') ? books.find('setup_intent', id) : books.find('payment_intent', id);
    if (secret === undefined || secret !== intent.client_secret) {
      throw new StripeError(400, 'The client_secret provided does not match any associated intent on this account.', {
        param: 'client_secret',
      });
    }
  }
}

function authenticated(request: ApiRequest): { publishable: boolean } {
  const given = header(request, 'authorization') ?? '';
  const basic = /^Basic (.+)$/.exec(given)?.[1];
  const key =
    basic === undefined ? /^Bearer (.+)$/.exec(given)?.[1] : Buffer.from(basic, 'base64').toString().split(':')[0];
  if (key === undefined) {
    throw new StripeError(
      401,
      'You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth.',
    );
  }
  if (/^(sk|rk|pk)_live_/.test(key))
    throw new StripeError(
      401,
      'A live key was sent to the Stripe double. It takes test keys only; no money moves here.',
    );
  if (!/^(sk|rk|pk)_test_\w+$/.test(key))
    throw new StripeError(401, `Invalid API Key provided: ${key.slice(0, 8)}****`);
  return { publishable: key.startsWith('pk_') };
}

function header(request: ApiRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function digestOf(request: ApiRequest): string {
  return createHash('sha256').update(`${request.method} ${request.path}\n${request.body}`).digest('base64');
}
