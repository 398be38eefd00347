import type { JsonObject, JsonValue, PageModel } from '@bazaar/sdk';
import { sanitise } from './sanitiser/sanitise.ts';

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: JsonValue | undefined, maximum: number): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.slice(0, maximum) : undefined;
}

/** Beyond any page that is read by people: what making it harmless takes is taken from everybody else. */
const MOST_CHARACTERS = 1_000_000;
const MOST_ELEMENTS = 20_000;

function isTooLarge(html: string): boolean {
  return html.length > MOST_CHARACTERS || html.split('<', 2 * MOST_ELEMENTS + 2).length > 2 * MOST_ELEMENTS + 1;
}

/** Reads what a page action returned; `null` when it is no page. Parts that are not as agreed are left out. */
export function readPageModel(value: JsonValue): PageModel | null {
  if (!isObject(value) || !isObject(value.body) || typeof value.body.html !== 'string') return null;
  if (isTooLarge(value.body.html)) return null;
  const title = text(value.title, 300);
  if (title === undefined) return null;
  const { status, canonicalPath, robots, meta, jsonLd } = value;
  const description = text(value.description, 1000);
  return {
    title,
    body: { html: sanitise(value.body.html) },
    ...(typeof status === 'number' && Number.isInteger(status) && status >= 200 && status < 600 ? { status } : {}),
    ...(description === undefined ? {} : { description }),
    ...(typeof canonicalPath === 'string' && /^\/(?!\/)[^\s\\]*$/.test(canonicalPath) ? { canonicalPath } : {}),
    ...(robots === 'noindex' || robots === 'index' ? { robots } : {}),
    ...(isObject(meta) ? { meta: textsOf(meta) } : {}),
    ...(Array.isArray(jsonLd) ? { jsonLd: jsonLd.filter(isObject) } : {}),
  };
}

function textsOf(meta: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(meta).filter(
      (entry): entry is [string, string] => /^[\w:.-]{1,60}$/.test(entry[0]) && typeof entry[1] === 'string',
    ),
  );
}
