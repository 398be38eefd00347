import type { JsonObject, JsonValue, PageModel } from '@bazaar/sdk';

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: JsonValue | undefined, maximum: number): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.slice(0, maximum) : undefined;
}

/** More than any page that people read. Sanitising takes time, in which nobody else is served. */
const MOST_CHARACTERS = 500_000;
const MOST_ELEMENTS = 5000;
const MOST_META = 50;
const MOST_META_CHARACTERS = 2000;

function isTooLarge(html: string, jsonLd: readonly JsonObject[]): boolean {
  const characters = html.length + (jsonLd.length === 0 ? 0 : JSON.stringify(jsonLd).length);
  return characters > MOST_CHARACTERS || html.split('<', 2 * MOST_ELEMENTS + 2).length > 2 * MOST_ELEMENTS + 1;
}

/** What a link to a page says of it; `null` when it is no page. */
export function readPageSummary(value: JsonValue): Pick<PageModel, 'title' | 'description'> | null {
  if (!isObject(value) || !isObject(value.body) || typeof value.body.html !== 'string') return null;
  const title = text(value.title, 300);
  if (title === undefined) return null;
  const description = text(value.description, 1000);
  return { title, ...(description === undefined ? {} : { description }) };
}

/**
 * Reads what a page action returned; `null` when it is no page. Parts that are not as agreed are left out. The body is as
 * the plugin wrote it.
 */
export function readPageModel(value: JsonValue): PageModel | null {
  const summary = readPageSummary(value);
  if (!summary) return null;
  const { body, status, canonicalPath, robots, meta, jsonLd } = value as JsonObject;
  const { html } = body as { html: string };
  const data = Array.isArray(jsonLd) ? jsonLd.filter(isObject) : [];
  if (isTooLarge(html, data)) return null;
  return {
    ...summary,
    body: { html },
    ...(isShown(status) ? { status } : {}),
    ...(typeof canonicalPath === 'string' && isBelowRoot(canonicalPath) ? { canonicalPath } : {}),
    ...(robots === 'noindex' || robots === 'index' ? { robots } : {}),
    ...(isObject(meta) ? { meta: textsOf(meta) } : {}),
    ...(data.length > 0 ? { jsonLd: data } : {}),
  };
}

/** With the others browsers show no page, or another one. */
function isShown(status: JsonValue | undefined): status is number {
  return typeof status === 'number' && Number.isInteger(status) && (status === 200 || (status >= 400 && status < 600));
}

/** Whether a path stays below the address that it is appended to. */
function isBelowRoot(path: string): boolean {
  return /^\/(?!\/)[^\s\\]*$/.test(path) && !/\/(?:\.|%2e){1,2}(?:[/?#]|$)/i.test(path);
}

/**
 * What a page may say of itself to those who share it. Not where it is and whose, which the kernel says, and none of the
 * names by which a page directs its browser or lays claim to the site.
 */
const META = /^(?:og:(?!url$|site_name$)|article:|book:|profile:|product:|twitter:(?!player|app))[\w:.-]{1,60}$/;
const PLAIN_META: ReadonlySet<string> = new Set(['author', 'keywords']);

function textsOf(meta: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(meta)
      .filter((entry): entry is [string, string] => {
        const [name, content] = entry;
        return (META.test(name) || PLAIN_META.has(name)) && typeof content === 'string';
      })
      .slice(0, MOST_META)
      .map(([name, content]) => [name, content.slice(0, MOST_META_CHARACTERS)]),
  );
}
