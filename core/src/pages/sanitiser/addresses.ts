const SHOWN: ReadonlySet<string> = new Set(['http:', 'https:']);
/** Any place of a public page: what is relative is relative to it. */
const PAGE = 'https://page.invalid/t/tenant/page';

function addressOf(value: string): URL | undefined {
  return URL.parse(value, PAGE) ?? undefined;
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
