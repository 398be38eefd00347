import type { FileInfo } from '@bazaar/sdk';

function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /['()*!]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/**
 * `Content-Disposition` of a download (RFC 6266): always an attachment, with an ASCII name for old clients and the
 * full name in UTF-8.
 */
export function contentDisposition(name: string): string {
  const wellFormed = name.toWellFormed();
  const ascii = wellFormed
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7E]|["\\%;]/gu, '_');
  const value = `attachment; filename="${ascii}"`;
  return ascii === wellFormed ? value : `${value}; filename*=UTF-8''${percentEncode(wellFormed)}`;
}

/** Types that run in a browser or are styled by the sender: delivered as bytes, whatever the client does with them. */
const ACTIVE = /^(?:text\/html|image\/svg\+xml|application\/(?:xml|xhtml\+xml|javascript))$/;

/**
 * Headers of a download: a stored file is never shown inside the platform's own origin. Its policy is the one that every
 * answer has from the pipeline, which lets nothing run.
 */
export function downloadHeaders(info: FileInfo): Record<string, string> {
  return {
    'Content-Type': ACTIVE.test(info.type)
      ? 'application/octet-stream'
      : info.type === 'text/plain'
        ? 'text/plain; charset=utf-8'
        : info.type,
    'Content-Length': String(info.size),
    'Content-Disposition': contentDisposition(info.name),
  };
}
