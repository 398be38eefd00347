import { type FileHandle, open } from 'node:fs/promises';
import { type TextEncoding, TextProbe } from './text-encoding.ts';
import { zipContentType } from './zip-type.ts';

/** What the detectors look at; formats with their mark further in are accepted nowhere. */
const HEAD_BYTES = 4100;

/** First local header, or the end of an empty archive. */
const ZIP_MARKS = ['PK\u0003\u0004', 'PK\u0005\u0006'];

/** As browsers recognise HTML (WHATWG MIME sniffing), and the tags with which fragments start. */
const HTML =
  /^<(?:!doctype html|(?:html|head|body|script|iframe|h1|div|font|table|a|style|title|b|br|p|form|img|object|embed|link|meta|base|template)[\s/>])/i;

/** The kind of markup a text starts with, after comments; `null` when it is no markup. Pure. */
export function markupType(start: string): string | null {
  const text = start.replace(/^\uFEFF/, '').replace(/^(?:\s+|<!--[\s\S]*?-->)+/, '');
  if (HTML.test(text)) return 'text/html';
  if (!/^<(?:\?xml|!doctype|svg|[a-z][\w.-]*:svg)/i.test(text)) return null;
  if (/<(?:[a-z][\w.-]*:)?svg[\s/>]/i.test(text)) return 'image/svg+xml';
  return /<html[\s/>]/i.test(text) ? 'text/html' : 'application/xml';
}

/** OLE compound files differ only by the names of their streams, which are UTF-16. Pure. */
export function compoundType(bytes: Buffer): string {
  const has = (stream: string) => bytes.includes(Buffer.from(stream, 'utf16le'));
  if (has('EncryptedPackage')) return 'application/x-ole-encrypted';
  if (has('WordDocument')) return 'application/msword';
  if (has('Workbook')) return 'application/vnd.ms-excel';
  if (has('PowerPoint Document')) return 'application/vnd.ms-powerpoint';
  return 'application/x-cfb';
}

async function bytesAt(file: FileHandle, start: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, start);
  return buffer.subarray(0, bytesRead);
}

const CHUNK_BYTES = 64 * 1024;

async function textEncoding(file: FileHandle): Promise<TextEncoding | null> {
  const probe = new TextProbe();
  for (let at = 0; !probe.refused; ) {
    const chunk = await bytesAt(file, at, CHUNK_BYTES);
    if (chunk.length === 0) return probe.end();
    probe.feed(chunk);
    at += chunk.length;
  }
  return null;
}

/** Recognised by text that stands at the start; any other mark in a file that is text is a coincidence ("MZ", "BM"). */
const TEXTUAL = /^(?:text\/|application\/(?:rtf|postscript|eps|x-ms-regedit|pgp))/;

async function detect(file: FileHandle, path: string): Promise<string> {
  const { size } = await file.stat();
  const head = await bytesAt(file, 0, Math.min(HEAD_BYTES, size));
  const latin = head.toString('latin1');
  if (latin.startsWith('%PDF-')) return 'application/pdf';
  if (ZIP_MARKS.some((mark) => latin.startsWith(mark))) return zipContentType(path);

  const encoding = await textEncoding(file);
  if (encoding) {
    const markup = markupType(new TextDecoder(encoding).decode(head));
    if (markup) return markup;
  }
  // Loaded when it is first needed: a start, and a file that is what it should be, need none of it.
  const { fileTypeFromBuffer } = await import('file-type');
  const known = await fileTypeFromBuffer(head);
  if (known?.mime === 'application/x-cfb') {
    // The directory may stand anywhere, but it names its streams near one of the ends in every real document.
    const edge = Math.min(1024 * 1024, size);
    return compoundType(Buffer.concat([await bytesAt(file, 0, edge), await bytesAt(file, size - edge, edge)]));
  }
  if (known && (!encoding || TEXTUAL.test(known.mime))) return known.mime;
  if (encoding) return 'text/plain';
  // Readers accept a PDF with bytes before its header, as some mail gateways put there.
  return /%PDF-\d/.test(latin.slice(0, 1024)) ? 'application/pdf' : 'application/octet-stream';
}

/**
 * The content type of a file, from its bytes alone: names and types given by senders are never believed.
 * `application/octet-stream` when nothing is recognised.
 */
export async function detectContentType(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    return await detect(file, path);
  } finally {
    await file.close();
  }
}
