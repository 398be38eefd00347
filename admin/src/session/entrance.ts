import { post } from './post.ts';
import { readRefusal } from './second-factor.ts';
import type { Offer, Tokens } from './tokens.ts';

export interface Credentials {
  email: string;
  password: string;
  /** Slug; the tenant used last when absent. */
  tenant?: string;
}

/** The ways in. Each ends in an offer, which changes nothing here until the session adopts it. */
export class Entrance {
  readonly #fetch: typeof globalThis.fetch;

  constructor(fetch: typeof globalThis.fetch) {
    this.#fetch = fetch;
  }

  /** Proves who somebody is; throws `UiProblem` with what the server says of the attempt. */
  async signIn(credentials: Credentials): Promise<Offer> {
    return this.prove<Offer>('/api/auth/sign-in', credentials);
  }

  /**
   * One step of a sign-in, whatever the way. Throws `SecondFactorRequired` when there is one more to go, `UiProblem` with
   * what the server says of the attempt. `token`: of who is signed in already.
   */
  async prove<Result>(path: string, body: object, token: string | null = null): Promise<Result> {
    const response = await this.#fetch(path, post(body, token));
    if (!response.ok) throw await readRefusal(response);
    return (await response.json()) as Result;
  }

  /** The same person's sign-in, but in another of their tenants. */
  async offerIn({ accessToken }: Offer, slug: string): Promise<Tokens> {
    return this.prove<Tokens>('/api/auth/switch', { tenant: slug }, accessToken);
  }

  async decline({ refreshToken }: Offer): Promise<void> {
    await this.#fetch('/api/auth/sign-out', post({ refreshToken }));
  }
}
