import sanitizeHtml, { type Attributes, type IOptions } from 'sanitize-html';
import { isFormTarget, isPicture } from './addresses.ts';
import { ELEMENTS, EVERYWHERE, INPUT_TYPES, OPAQUE } from './allow-lists.ts';

/** What browsers and managers of passwords would fill in for the platform, whose address this is too. */
const SECRETS = /password|one-time-code|webauthn/i;

/** Whether an attribute may say this, where that is not a question of an address's scheme. */
function isHarmless([name, value]: [string, string]): boolean {
  switch (name) {
    case 'src':
      return isPicture(value);
    case 'action':
      return isFormTarget(value);
    case 'method':
      return /^(get|post)$/i.test(value);
    case 'target':
      return value === '_blank';
    case 'autocomplete':
      return !SECRETS.test(value);
    default:
      return true;
  }
}

/** Fields of a type that is not known stay as fields that say nothing: to cut out what is written takes ever longer. */
function harmless(tagName: string, given: Attributes): Attributes {
  if (tagName === 'input' && !INPUT_TYPES.has(given.type?.toLowerCase() ?? 'text')) return { type: 'hidden' };
  const kept = Object.fromEntries(Object.entries(given).filter(isHarmless));
  return kept.target === undefined ? kept : { ...kept, rel: 'noopener noreferrer' };
}

const OPTIONS: IOptions = {
  allowedTags: [...ELEMENTS.keys()],
  allowedAttributes: { '*': [...EVERYWHERE, 'aria-*'], ...Object.fromEntries(ELEMENTS) },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  // `isPicture` says which data.
  allowedSchemesByTag: { img: ['http', 'https', 'data'] },
  // An empty `value` is a value: what an <option> sends.
  nonBooleanAttributes: [],
  nonTextTags: [...OPAQUE],
  transformTags: { '*': (tagName, attribs) => ({ tagName, attribs: harmless(tagName, attribs) }) },
};

/**
 * The body of a public page as any plugin may write it: known elements with known attributes, links and pictures by http
 * only, forms that go to public pages. The page's Content-Security-Policy closes scripts and styles besides, but not
 * where a page sends its visitor, nor what it asks of them.
 */
export function sanitise(html: string): string {
  return sanitizeHtml(html, OPTIONS);
}
