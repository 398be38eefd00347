import type { RouteContext } from '../../routes/index.ts';

/** Scripts cannot read it, other sites cannot cause it to be sent (HttpOnly, SameSite=Strict). */
export const REFRESH_COOKIE = 'bazaar_refresh';
const PATH = '/api/auth';

/** Keeps the refresh token where scripts do not see it, or (`null`) forgets it. */
export type RememberRefreshToken = (context: RouteContext, token: string | null) => void;

export function refreshCookie(refreshTokenSeconds: number): RememberRefreshToken {
  return ({ cookies }, token) =>
    cookies.set(REFRESH_COOKIE, token, {
      path: PATH,
      ...(token === null ? {} : { maxAgeSeconds: refreshTokenSeconds }),
    });
}
