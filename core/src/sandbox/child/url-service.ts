import { URL_PARTS, type UrlPart } from '../guest/globals/url.ts';
import { ALLOWANCE } from '../wire/allowances.ts';

const SETTABLE: ReadonlySet<string> = new Set([...URL_PARTS, 'href']);

/** Parses for a guest: see `ParseUrl`. */
export function parseUrl(...[input, base, part, value]: readonly unknown[]): string {
  if (typeof input !== 'string' || input.length > ALLOWANCE.url) return '';
  if (typeof base === 'string' && base.length > ALLOWANCE.url) return '';
  try {
    const url = new URL(input, typeof base === 'string' ? base : undefined);
    if (typeof part === 'string' && SETTABLE.has(part) && typeof value === 'string' && value.length <= ALLOWANCE.url) {
      url[part as UrlPart] = value;
    }
    const { href, origin } = url;
    return JSON.stringify({ href, origin, ...Object.fromEntries(URL_PARTS.map((name) => [name, url[name]])) });
  } catch {
    return '';
  }
}
