import { posix } from 'node:path';
import type { DocumentPage } from '@bazaar/sdk';
import mammoth from 'mammoth';
import { readArchive } from './archive.ts';
import { WordLines } from './docx-lines.ts';
import type { WordNode } from './docx-model.ts';
import { UnreadableDocument } from './failure.ts';
import { storedZip } from './stored-zip.ts';
import { isOnPaper, readableWordXml } from './word-xml.ts';

const CONTENT_TYPES = '[Content_Types].xml';

interface Relationship {
  type: string;
  /** Path inside the archive. */
  target: string;
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)
    .exec(tag)
    ?.slice(1)
    .find((value) => value !== undefined);
}

/** Where the relationships of a part are listed. */
function listOfRelationships(part: string): string {
  const folder = posix.dirname(part);
  return posix.join(folder === '.' ? '' : folder, '_rels', `${posix.basename(part)}.rels`);
}

function relationshipsOf(parts: ReadonlyMap<string, Buffer>, part: string): Relationship[] {
  const folder = posix.dirname(part);
  const path = listOfRelationships(part);
  const found: Relationship[] = [];
  for (const [tag] of (parts.get(path)?.toString('utf8') ?? '').matchAll(/<(?:[\w.-]+:)?Relationship\s[^>]*>/g)) {
    const target = attribute(tag, 'Target');
    if (!target || attribute(tag, 'TargetMode') === 'External') continue;
    found.push({
      type: attribute(tag, 'Type')?.split('/').at(-1) ?? '',
      target: target.startsWith('/') ? target.slice(1) : posix.join(folder === '.' ? '' : folder, target),
    });
  }
  return found;
}

/** mammoth reads the main part only: a header or footer is read as the main part of a document of its own. */
function asMainPart(xml: Buffer): Buffer {
  const text = xml
    .toString('utf8')
    .replace(/<((?:[\w.-]+:)?)(?:hdr|ftr)(\s[^>]*)?>/, '<$1document$2><$1body>')
    .replace(/<\/((?:[\w.-]+:)?)(?:hdr|ftr)\s*>/, '</$1body></$1document>');
  return Buffer.from(text);
}

interface Archive {
  parts: ReadonlyMap<string, Buffer>;
  /** Path of the main part. */
  main: string;
  onPaper: boolean;
}

interface ReadPart {
  nodes: WordNode[];
  hidden: string[];
}

/** @param part The part that `source` is: hyperlinks in a header are listed with the header. */
async function readPart({ parts, main, onPaper }: Archive, part: string, source: Buffer): Promise<ReadPart> {
  let nodes: WordNode[] = [];
  const { xml, hidden } = readableWordXml(source.toString('utf8'), onPaper);
  const readable = new Map([...parts, [main, Buffer.from(xml)]]);
  const listed = parts.get(listOfRelationships(part));
  if (listed && /hyperlink/i.test(listed.toString('latin1'))) readable.set(listOfRelationships(main), listed);
  await mammoth.convertToHtml(
    { buffer: storedZip(readable) },
    {
      externalFileAccess: false,
      includeEmbeddedStyleMap: false,
      transformDocument: (document: WordNode) => {
        nodes = [document];
        // Only the structure is wanted: nothing is left to convert.
        return { ...document, children: [] };
      },
    },
  );
  return { nodes, hidden };
}

/** Lines of a Word document: headers, body, footers. Parts that repeat each other count once. */
export async function readDocx(bytes: Buffer): Promise<DocumentPage[]> {
  const parts = await readArchive(bytes, (name) => name === CONTENT_TYPES || /\.(?:xml|rels)$/i.test(name));
  if (!parts.has(CONTENT_TYPES)) throw new UnreadableDocument('document-type-unsupported');
  for (const xml of parts.values()) {
    // The format forbids document types; entities are how small XML becomes large.
    if (/<!(?:DOCTYPE|ENTITY)/i.test(xml.toString('latin1'))) throw new UnreadableDocument('document-broken');
  }
  const main = relationshipsOf(parts, '').find(({ type }) => type === 'officeDocument')?.target ?? 'word/document.xml';
  const body = parts.get(main);
  if (!body) throw new UnreadableDocument('document-broken');
  const related = relationshipsOf(parts, main);
  const partsOf = (kind: string) =>
    related
      .filter(({ type }) => type === kind)
      .flatMap(({ target }): [string, Buffer][] => {
        const xml = parts.get(target);
        return xml ? [[target, asMainPart(xml)]] : [];
      });

  const lines = new WordLines();
  const seen = new Set<string>();
  const written: [string, Buffer][] = [...partsOf('header'), [main, body], ...partsOf('footer')];
  const looks = related.filter(({ type }) => type === 'styles');
  const drawn = [...written.map(([, xml]) => xml), ...looks.flatMap(({ target }) => parts.get(target) ?? [])];
  const archive = { parts, main, onPaper: isOnPaper(drawn.map((xml) => xml.toString('utf8'))) };
  const hidden: string[] = [];
  for (const [part, xml] of written) {
    const read = await readPart(archive, part, xml).catch((error: unknown) => {
      throw new UnreadableDocument(error instanceof RangeError ? 'document-too-complex' : 'document-broken', error);
    });
    const once = JSON.stringify(read.nodes);
    if (seen.has(once)) continue;
    seen.add(once);
    lines.write(read.nodes);
    lines.list.endBlock();
    hidden.push(...read.hidden);
  }
  return [{ ...lines.list.page(), ...(hidden.length > 0 ? { hidden } : {}) }];
}
