import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { LIMITS } from '../limits.ts';
import { UnreadableDocument } from './failure.ts';

/** Smaller entries may be as repetitive as they like. */
const RATIO_FROM_BYTES = 1024 * 1024;

function checkSizes(entry: Entry, total: number): void {
  if (total > LIMITS.inflatedBytes) throw new UnreadableDocument('document-too-complex');
  const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
  if (entry.uncompressedSize > RATIO_FROM_BYTES && ratio > LIMITS.inflationRatio) {
    throw new UnreadableDocument('document-too-complex');
  }
}

/** The bytes of an entry. yauzl ends the stream with an error when there are more than the directory declares. */
async function inflate(archive: ZipFile, entry: Entry): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of await archive.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
  } catch (error) {
    const lying = error instanceof Error && error.message.startsWith('too many bytes');
    throw new UnreadableDocument(lying ? 'document-too-complex' : 'document-broken', error);
  }
  return Buffer.concat(chunks);
}

async function open(bytes: Buffer): Promise<ZipFile> {
  try {
    return await fromBufferPromise(bytes, { lazyEntries: true });
  } catch (error) {
    throw new UnreadableDocument('document-broken', error);
  }
}

/**
 * Those entries of a ZIP archive that `wanted` names, inflated. The declared sizes of all entries are checked before
 * anything is inflated, and hold while it is. Of entries with one name the first counts.
 */
export async function readArchive(bytes: Buffer, wanted: (name: string) => boolean): Promise<Map<string, Buffer>> {
  const archive = await open(bytes);
  if (archive.entryCount > LIMITS.archiveEntries) throw new UnreadableDocument('document-too-complex');
  const entries = new Map<string, Entry>();
  let total = 0;
  let count = 0;
  try {
    archive.autoClose = false;
    for await (const entry of archive.eachEntry()) {
      total += entry.uncompressedSize;
      checkSizes(entry, total);
      if (++count > LIMITS.archiveEntries) throw new UnreadableDocument('document-too-complex');
      if (entry.isEncrypted()) throw new UnreadableDocument('document-encrypted');
      if (wanted(entry.fileName) && !entries.has(entry.fileName)) entries.set(entry.fileName, entry);
    }
    const contents = new Map<string, Buffer>();
    for (const [name, entry] of entries) contents.set(name, await inflate(archive, entry));
    return contents;
  } catch (error) {
    if (error instanceof UnreadableDocument) throw error;
    throw new UnreadableDocument('document-broken', error);
  } finally {
    archive.close();
  }
}
