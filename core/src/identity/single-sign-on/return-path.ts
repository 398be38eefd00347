const MAX_LENGTH = 2000;

/** Where on this site to go on after a sign-in; whatever could lead elsewhere becomes the start page. */
export function safeReturnPath(text: string | undefined): string {
  if (text === undefined || text.length > MAX_LENGTH || !text.startsWith('/')) return '/';
  const base = 'http://this.invalid';
  const url = URL.parse(text, base);
  // A page of this site, and none that only answers programs.
  if (url === null || url.origin !== base || url.pathname.startsWith('//') || url.pathname.startsWith('/api/'))
    return '/';
  return `${url.pathname}${url.search}${url.hash}`;
}
