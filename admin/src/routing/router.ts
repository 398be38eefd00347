export interface Location {
  pathname: string;
  /** Without `?`; empty when absent. */
  query: string;
}

export function parseLocation(url: URL): Location {
  const pathname = url.pathname.length > 1 ? url.pathname.replace(/\/+$/, '') : url.pathname;
  return { pathname: pathname === '' ? '/' : pathname, query: url.search.replace(/^\?/, '') };
}

/** Paths the server answers itself: links to them leave the shell. */
const SERVER_PATH = /^\/(api|ui|t|assets|healthz|readyz)(\/|$)/;

/** Whether a path leads to a page of the shell, and not to another site or to what the server answers itself. */
export function isShellPath(path: string): boolean {
  if (!path.startsWith('/')) return false;
  const url = URL.parse(path, window.location.origin);
  return url !== null && url.origin === window.location.origin && !SERVER_PATH.test(url.pathname);
}

/** The link that a plain left click was meant for, if it stays inside the shell. */
export function linkOf(event: MouseEvent, base: string): URL | null {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const anchor = event
    .composedPath()
    .find((node): node is HTMLAnchorElement => node instanceof HTMLAnchorElement && node.hasAttribute('href'));
  if (!anchor || anchor.hasAttribute('download')) return null;
  if (anchor.target !== '' && anchor.target !== '_self') return null;
  const url = new URL(anchor.href, base);
  if (url.origin !== new URL(base).origin || SERVER_PATH.test(url.pathname)) return null;
  const here = new URL(base);
  const onlyFragment = url.hash !== '' && url.pathname === here.pathname && url.search === here.search;
  return onlyFragment ? null : url;
}

/** The address bar: links and `navigate` change it without loading the page; listeners hear of every change. */
export class Router {
  readonly #window: Window;
  readonly #listeners = new Set<(location: Location) => void>();

  constructor(window: Window) {
    this.#window = window;
    window.addEventListener('popstate', () => this.#announce());
    window.document.addEventListener('click', (event) => {
      const url = linkOf(event, window.location.href);
      if (url === null) return;
      event.preventDefault();
      this.navigate(url.pathname + url.search);
    });
  }

  get location(): Location {
    return parseLocation(new URL(this.#window.location.href));
  }

  onChange(listener: (location: Location) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** `path` starts with `/`; other origins are refused. */
  navigate(path: string, { replace = false } = {}): void {
    const url = new URL(path, this.#window.location.origin);
    if (url.origin !== this.#window.location.origin) throw new Error(`${path} is outside of this site`);
    if (SERVER_PATH.test(url.pathname)) {
      this.#window.location.assign(url);
      return;
    }
    if (replace || url.href === this.#window.location.href) this.#window.history.replaceState(null, '', url);
    else this.#window.history.pushState(null, '', url);
    this.#announce();
  }

  #announce(): void {
    const location = this.location;
    for (const listener of this.#listeners) listener(location);
  }
}
