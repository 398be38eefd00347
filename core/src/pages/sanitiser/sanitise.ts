import sanitizeHtml, { type Attributes, type IOptions } from 'sanitize-html';
import { isFormTarget, isPicture } from './addresses.ts';
import { ELEMENTS, EVERYWHERE, INPUT_TYPES, OPAQUE } from './allow-lists.ts';

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
    default:
      return true;
  }
}

function harmless(given: Attributes): Attributes {
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
  transformTags: { '*': (tagName, attribs) => ({ tagName, attribs: harmless(attribs) }) },
  exclusiveFilter: ({ tag, attribs: { type = 'text' } }) => tag === 'input' && !INPUT_TYPES.has(type.toLowerCase()),
};

/**
 * The body of a public page as any plugin may write it: known elements with known attributes, links and pictures by http
 * only, forms that go to public pages. The page's Content-Security-Policy closes scripts and styles besides, but not
 * where a page sends its visitor, nor what it asks of them.
 */
export function sanitise(html: string): string {
  return sanitizeHtml(html, OPTIONS);
}
