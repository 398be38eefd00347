import { UiProblem } from '@bazaar/sdk/ui';
import { readProblem } from '../api/problem.ts';
import { post } from './post.ts';
import { readRefusal } from './second-factor.ts';
import { tokenExpiry } from './token.ts';
import type { Identity, Impersonation, Tokens } from './tokens.ts';

export type SessionState =
  | { status: 'unknown' }
  | { status: 'signed-out'; because: 'start' | 'signed-out' | 'expired' }
  | ({ status: 'signed-in'; impersonation?: Impersonation } & Identity);

export interface SessionParts {
  fetch: typeof globalThis.fetch;
  /** Tells the other tabs; they never hear their own messages. */
  channel: {
    postMessage(message: unknown): void;
    addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  };
  /** Runs `work` while no other tab refreshes: a refresh token is good for one use. */
  exclusively<Result>(work: () => Promise<Result>): Promise<Result>;
  now(): number;
}

type Message = { kind: 'signed-out' } | { kind: 'signed-in'; userId: string; tenantId: string };

/** A token that ends within this time is renewed before it is used. */
const MARGIN_MS = 20_000;

/**
 * Who is signed in in this tab. The access token lives in memory only; the refresh token in a cookie that scripts
 * cannot read. Any number of callers share one refresh.
 */
export class Session {
  #state: SessionState = { status: 'unknown' };
  #token: string | null = null;
  #refreshing: Promise<string | null> | null = null;
  /** Grows with each sign-in and sign-out, so that a refresh that answers afterwards changes nothing. */
  #epoch = 0;
  readonly #parts: SessionParts;
  readonly #listeners = new Set<(state: SessionState) => void>();

  constructor(parts: SessionParts) {
    this.#parts = parts;
    parts.channel.addEventListener('message', (event) => this.#heard(event.data as Message));
  }

  get state(): SessionState {
    return this.#state;
  }

  onChange(listener: (state: SessionState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes up the session of an earlier visit. Rejects when the server cannot be reached. */
  async start(): Promise<void> {
    const token = await this.#refresh();
    if (token === null && this.#state.status === 'unknown') this.#end('start');
  }

  /** A token to send; `null` when nobody is signed in. Rejects when the server cannot be reached. */
  async token(): Promise<string | null> {
    if (this.#impersonates) return this.#token;
    if (this.#token === null) return this.#state.status === 'signed-in' ? this.#refresh() : null;
    const expiry = tokenExpiry(this.#token);
    return expiry !== null && expiry - MARGIN_MS < this.#parts.now() ? this.#refresh() : this.#token;
  }

  /** After the server has refused `stale`: another token, or `null` when the session is over. */
  async renew(stale: string): Promise<string | null> {
    if (this.#impersonates) {
      // What was meant for somebody else's workspace is not done again in one's own.
      await this.#becomeOneself();
      return null;
    }
    if (this.#token !== null && this.#token !== stale) return this.#token;
    return this.#refresh();
  }

  /**
   * Goes on in another tenant of the same person. Throws `SecondFactorRequired` when that asks for one, `UiProblem` when
   * they may not go there.
   */
  async switchTo(slug: string): Promise<void> {
    const token = await this.token();
    const response = await this.#parts.fetch('/api/auth/switch', post({ tenant: slug }, token));
    if (!response.ok) throw await readRefusal(response);
    this.adopt((await response.json()) as Tokens);
  }

  /** Begins a session whose tokens the server has handed out. */
  adopt(tokens: Tokens): void {
    this.#epoch += 1;
    this.#hold(tokens);
    this.#tell({ kind: 'signed-in', userId: tokens.user.id, tenantId: tokens.tenant.id });
  }

  /** Acts as somebody else in this tab. Nothing renews it; what the person themselves has open stays theirs. */
  impersonate({ accessToken, user, tenant, impersonator, endsAt }: Tokens & Impersonation): void {
    this.#epoch += 1;
    this.#token = accessToken;
    this.#become({ status: 'signed-in', user, tenant, impersonation: { impersonator, endsAt } });
  }

  /** Goes back to who one is. */
  async endImpersonation(): Promise<void> {
    await this.#parts.fetch('/api/auth/impersonation/end', post({}, this.#token));
    await this.#becomeOneself();
  }

  get #impersonates(): boolean {
    return this.#state.status === 'signed-in' && this.#state.impersonation !== undefined;
  }

  async #becomeOneself(): Promise<void> {
    this.#epoch += 1;
    this.#token = null;
    if ((await this.#refresh()) === null) this.#end('expired');
  }

  /** Ends the session here, on the server and in every other tab. */
  async signOut(): Promise<void> {
    if (this.#impersonates) {
      await this.endImpersonation();
      return;
    }
    const token = this.#token;
    this.#end('signed-out');
    this.#tell({ kind: 'signed-out' });
    await this.#parts.fetch('/api/auth/sign-out', post({}, token));
  }

  #refresh(): Promise<string | null> {
    this.#refreshing ??= this.#parts
      .exclusively(() => this.#askForToken())
      .finally(() => {
        this.#refreshing = null;
      });
    return this.#refreshing;
  }

  async #askForToken(): Promise<string | null> {
    const epoch = this.#epoch;
    const response = await this.#parts.fetch('/api/auth/refresh', post({}));
    if (epoch !== this.#epoch) return this.#token;
    if (response.ok) {
      this.#hold((await response.json()) as Tokens);
      return this.#token;
    }
    const problem = await readProblem(response);
    // Only a refusal ends a session; a server in trouble does not sign anyone out.
    if (problem.status !== 400 && problem.status !== 401) throw problem;
    if (this.#state.status === 'signed-in') this.#end('expired');
    return null;
  }

  #hold({ accessToken, user, tenant }: Tokens): void {
    this.#token = accessToken;
    const known = this.#state;
    const same = known.status === 'signed-in' && known.user.id === user.id && known.tenant.id === tenant.id;
    if (!same) this.#become({ status: 'signed-in', user, tenant });
  }

  #end(because: 'start' | 'signed-out' | 'expired'): void {
    this.#epoch += 1;
    this.#token = null;
    this.#become({ status: 'signed-out', because });
  }

  #become(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }

  #tell(message: Message): void {
    this.#parts.channel.postMessage(message);
  }

  #heard(message: Message): void {
    const state = this.#state;
    if (message.kind === 'signed-out') {
      if (state.status === 'signed-in') this.#end('signed-out');
      return;
    }
    const same =
      state.status === 'signed-in' && state.user.id === message.userId && state.tenant.id === message.tenantId;
    if (same) return;
    // Another person or tenant holds the cookie now: this tab follows.
    this.#token = null;
    this.#refresh().catch((error: unknown) => {
      if (error instanceof UiProblem || error instanceof TypeError) this.#end('expired');
      else throw error;
    });
  }
}
