import { decode, isFormTarget, isLink, isPicture } from './addresses.ts';
import { ELEMENTS, EVERYWHERE, INPUT_TYPES, OPAQUE, VOID } from './allow-lists.ts';

const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9-]*)(?=[\s/>])/y;
const ATTRIBUTE = /[\s/]*([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/y;
const TAG_END = /[\s/]*>/y;

type Attributes = Map<string, string>;

function escapeText(text: string): string {
  return text.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function escapeValue(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Whether an attribute that the element may have may say this. */
function isHarmless(element: string, name: string, value: string): boolean {
  switch (name) {
    case 'href':
      return isLink(value);
    case 'src':
      return isPicture(value);
    case 'cite':
      return isLink(value);
    case 'action':
      return isFormTarget(value);
    case 'method':
      return /^(get|post)$/i.test(value);
    case 'target':
      return value === '_blank';
    case 'type':
      return element !== 'input' || INPUT_TYPES.has(value.toLowerCase());
    default:
      return true;
  }
}

/** The start of an element as the page may have it; undefined where it may not. */
function startTag(element: string, given: Attributes): string | undefined {
  const own = ELEMENTS.get(element);
  if (!own) return undefined;
  const kept: Attributes = new Map();
  for (const [name, raw] of given) {
    if (!EVERYWHERE.has(name) && !own.has(name) && !/^aria-[a-z]+$/.test(name)) continue;
    const value = decode(raw);
    if (isHarmless(element, name, value)) kept.set(name, value);
    else if (element === 'input' && name === 'type') return undefined;
  }
  if (kept.get('target') === '_blank') kept.set('rel', 'noopener noreferrer');
  return `<${element}${[...kept].map(([name, value]) => ` ${name}="${escapeValue(value)}"`).join('')}>`;
}

class Sanitiser {
  readonly #source: string;
  readonly #out: string[] = [];
  readonly #open: string[] = [];
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  run(): string {
    const source = this.#source;
    while (this.#at < source.length) {
      const next = source.indexOf('<', this.#at);
      const end = next === -1 ? source.length : next;
      if (end > this.#at) this.#out.push(escapeText(source.slice(this.#at, end)));
      this.#at = end;
      if (next !== -1 && !this.#comment() && !this.#tag()) {
        this.#out.push('&lt;');
        this.#at += 1;
      }
    }
    for (const element of this.#open.reverse()) this.#out.push(`</${element}>`);
    return this.#out.join('');
  }

  /** Comments, declarations and instructions are left out. */
  #comment(): boolean {
    if (this.#source.startsWith('<!--', this.#at)) this.#skipTo('-->');
    else if (/[!?]/.test(this.#source.charAt(this.#at + 1))) this.#skipTo('>');
    else return false;
    return true;
  }

  #skipTo(text: string): void {
    const end = this.#source.indexOf(text, this.#at + 1);
    this.#at = end === -1 ? this.#source.length : end + text.length;
  }

  #match(pattern: RegExp, at: number): RegExpExecArray | null {
    pattern.lastIndex = at;
    return pattern.exec(this.#source);
  }

  #tag(): boolean {
    const tag = this.#match(TAG, this.#at);
    if (!tag) return false;
    const [whole, slash, name = ''] = tag;
    const element = name.toLowerCase();
    const attributes: Attributes = new Map();
    let at = this.#at + whole.length;
    let end = this.#match(TAG_END, at);
    while (!end) {
      const attribute = this.#match(ATTRIBUTE, at);
      if (!attribute) return false;
      const [text, attributeName = '', double, single, bare] = attribute;
      const lower = attributeName.toLowerCase();
      if (!attributes.has(lower)) attributes.set(lower, double ?? single ?? bare ?? '');
      at += text.length;
      end = this.#match(TAG_END, at);
    }
    this.#at = at + end[0].length;
    if (slash === '/') this.#close(element);
    else if (OPAQUE.has(element)) this.#skipOpaque(element);
    else this.#begin(element, attributes);
    return true;
  }

  #begin(element: string, attributes: Attributes): void {
    const tag = startTag(element, attributes);
    if (tag === undefined) return;
    this.#out.push(tag);
    if (!VOID.has(element)) this.#open.push(element);
  }

  /** An end without its beginning would end what the page lies in. */
  #close(element: string): void {
    const from = this.#open.lastIndexOf(element);
    if (from === -1) return;
    for (const inner of this.#open.splice(from).reverse()) this.#out.push(`</${inner}>`);
  }

  #skipOpaque(element: string): void {
    const end = new RegExp(`</${element}[\\s/>]`, 'gi');
    const closing = this.#match(end, this.#at);
    if (closing === null) this.#at = this.#source.length;
    else {
      this.#at = closing.index;
      this.#skipTo('>');
    }
  }
}

/**
 * The body of a public page as any plugin may write it: known elements with known attributes, links and pictures by http
 * only, forms that go to public pages. What comes out is written anew from what was understood: of the source no `<` is
 * taken over, so a browser cannot see an element in it that was not seen here. The page's Content-Security-Policy
 * closes scripts and styles besides, but not where a page sends its visitor, nor what it asks of them.
 */
export function sanitise(html: string): string {
  return new Sanitiser(html).run();
}
