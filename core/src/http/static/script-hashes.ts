import { createHash } from 'node:crypto';

/** Hashes of a page's inline scripts, for its Content-Security-Policy. */
export function inlineScriptHashes(html: string): string[] {
  const hashes: string[] = [];
  for (const [, attributes = '', script = ''] of html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/gi)) {
    if (/\bsrc\s*=/i.test(attributes)) continue;
    hashes.push(`sha256-${createHash('sha256').update(script).digest('base64')}`);
  }
  return hashes;
}

/** Remembers the hashes of one page until it is built anew. */
export class ScriptHashes {
  #etag = '';
  #hashes: string[] = [];

  of(page: { etag: string; content: Buffer }): string[] {
    if (this.#etag !== page.etag) {
      this.#hashes = inlineScriptHashes(page.content.toString('utf8'));
      this.#etag = page.etag;
    }
    return this.#hashes;
  }
}
