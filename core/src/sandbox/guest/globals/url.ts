import { GuestUrlSearchParams } from './url-search-params.ts';

/** Parts of a URL that can be set. */
export const URL_PARTS = [
  'protocol',
  'username',
  'password',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'hash',
] as const;

export type UrlPart = (typeof URL_PARTS)[number] | 'href';

export type UrlParts = Record<UrlPart | 'origin', string>;

/** Done outside, by the parser of the runtime itself: parts as JSON, empty when it is no URL. */
export type ParseUrl = (input: string, base: string | null, part: string | null, value: string | null) => string;

const { parse } = JSON;

/** Makes the class `URL`. */
export function urlClass(parseUrl: ParseUrl): object {
  const read = (input: unknown, base: unknown): UrlParts | null => {
    const text = parseUrl(String(input).toWellFormed(), base === undefined ? null : String(base), null, null);
    return text === '' ? null : (parse(text) as UrlParts);
  };

  class GuestUrl {
    #parts: UrlParts;
    #params: GuestUrlSearchParams | undefined;

    constructor(input: unknown, base?: unknown) {
      const parts = read(input, base);
      if (!parts) throw Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL', input: String(input) });
      this.#parts = parts;
    }

    static canParse(input: unknown, base?: unknown): boolean {
      return read(input, base) !== null;
    }

    static parse(input: unknown, base?: unknown): GuestUrl | null {
      return read(input, base) === null ? null : new GuestUrl(input, base);
    }

    static part(url: GuestUrl, part: UrlPart): string {
      return url.#parts[part];
    }

    static setPart(url: GuestUrl, part: UrlPart, value: unknown): void {
      const text = parseUrl(url.#parts.href, null, part, String(value));
      if (text === '') throw Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL' });
      url.#parts = parse(text) as UrlParts;
      if (url.#params) GuestUrlSearchParams.renew(url.#params, url.#parts.search);
    }

    get origin(): string {
      return this.#parts.origin;
    }

    get searchParams(): GuestUrlSearchParams {
      this.#params ??= GuestUrlSearchParams.of(this.#parts.search, () => {
        this.#parts = parse(parseUrl(this.#parts.href, null, 'search', String(this.#params))) as UrlParts;
      });
      return this.#params;
    }

    get [Symbol.toStringTag](): string {
      return 'URL';
    }

    toString(): string {
      return this.#parts.href;
    }

    toJSON(): string {
      return this.#parts.href;
    }
  }

  const { part: partOf, setPart } = GuestUrl;
  for (const part of [...URL_PARTS, 'href'] as const) {
    Object.defineProperty(GuestUrl.prototype, part, {
      get(this: GuestUrl) {
        return partOf(this, part);
      },
      set(this: GuestUrl, value: unknown) {
        setPart(this, part, value);
      },
      enumerable: true,
      configurable: true,
    });
  }
  Reflect.deleteProperty(GuestUrl, 'part');
  Reflect.deleteProperty(GuestUrl, 'setPart');
  return Object.defineProperty(GuestUrl, 'name', { value: 'URL' });
}
