const CODES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** What an attribute says to a browser. Names that are not known here stay as they are written. */
export function decode(value: string): string {
  return value.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]{2,4}));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return CODES[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  });
}

const LINKED: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:', 'tel:']);
const SHOWN: ReadonlySet<string> = new Set(['http:', 'https:']);
/** Any place of a public page: what is relative is relative to it. */
const PAGE = 'https://page.invalid/t/tenant/page';

function addressOf(value: string): URL | undefined {
  return URL.parse(value, PAGE) ?? undefined;
}

export function isLink(value: string): boolean {
  return LINKED.has(addressOf(value)?.protocol ?? '');
}

export function isPicture(value: string): boolean {
  const address = addressOf(value);
  return SHOWN.has(address?.protocol ?? '') || /^data:image\/(png|jpeg|gif|webp|avif)[;,]/i.test(value);
}

/** Forms go to public pages: elsewhere on this address is the platform's own API, and elsewhere strangers. */
export function isFormTarget(value: string): boolean {
  const address = addressOf(value);
  if (address?.origin !== 'https://page.invalid' || !address.pathname.startsWith('/t/')) return false;
  // How deep the page is, which decides what steps up lead to, is not known here.
  return !/(^|[/\\])(\.|%2e){2}([/\\?#]|$)/i.test(value);
}
