import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { FileScope, FileStore, Scratch } from '../../files/index.ts';
import { listText } from '../people/index.ts';
import type { PartExport, Workspace } from '../types.ts';

/** Where a part of an export lies in the archive. */
export interface ArchivePart extends PartExport {
  /** `null` for the account itself. */
  workspace: Workspace | null;
  /** As whose its files are stored. */
  keeper: Pick<FileScope, 'tenantId' | 'pluginId'>;
}

export interface MissingPart {
  workspace: string;
  part: string;
  reason: string;
}

export interface ArchiveFacts {
  madeAt: Date;
  about: { email: string };
  missing: readonly MissingPart[];
}

const FORMAT = { format: 'bazaar-personal-data', formatVersion: 1 };

const README = `This archive holds what the platform knows about you.

index.json    what is in here, and what could not be asked for
*/*.json      one list of records each (JSON, UTF-8; times in UTC)
*/files/      the files themselves

Any text editor opens the JSON files; most spreadsheets import them.

----

Dieses Archiv enthält, was die Plattform über Sie weiß.

index.json    was enthalten ist und was nicht abgefragt werden konnte
*/*.json      je eine Liste von Datensätzen (JSON, UTF-8; Zeiten in UTC)
*/files/      die Dateien selbst

Jeder Texteditor öffnet die JSON-Dateien; die meisten Tabellenprogramme können sie einlesen.
`;

const placeOf = ({ workspace, part }: ArchivePart) => (workspace ? `${workspace.slug}/${part}` : part);

/** A name that no program unpacks outside of its folder. */
const inFolder = (name: string) =>
  name
    .replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '_')
    .replace(/^\.+/, '_')
    .slice(-120);

/**
 * A ZIP file of portable JSON and of the person's files, made while it is read: no list and no file of it is in memory as
 * a whole.
 */
export function buildArchive(
  parts: readonly ArchivePart[],
  { madeAt, about, missing }: ArchiveFacts,
  files: Pick<FileStore, 'read'>,
  scratch: Pick<Scratch, 'read'>,
  onPart: (done: number) => void,
): Readable {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const options = { mtime: madeAt };
  const contents: object[] = [];

  async function addFile(part: ArchivePart, id: string): Promise<void> {
    const { info, content } = await files.read({ ...part.keeper, userId: null }, id);
    const path = `${placeOf(part)}/files/${id}-${inFolder(info.name)}`;
    contents.push({ path, title: info.name, type: info.type, size: info.size });
    await addStream(content, path, !/^(image|video|application\/(zip|pdf))/.test(info.type));
  }

  /** The stream is opened now and read when its turn comes; ended by what went wrong elsewhere, it closes the file. */
  function addStream(content: Readable, path: string, compress: boolean): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      content.once('error', reject);
      content.once('close', resolve);
      zip.addReadStream(content, path, { ...options, compress });
    });
  }

  async function fill(): Promise<void> {
    zip.addBuffer(Buffer.from(README), 'README.txt', options);
    for (const [index, part] of parts.entries()) {
      for (const list of part.collections) {
        const path = `${placeOf(part)}/${list.name}.json`;
        contents.push({ path, title: list.title, records: list.count });
        await addStream(Readable.from(listText(list, scratch), { objectMode: false }), path, true);
      }
      for (const id of part.files) {
        await addFile(part, id).catch((error: unknown) => lost(part, id, error));
      }
      onPart(index + 1);
    }
    const index = { ...FORMAT, madeAt: madeAt.toISOString(), about, contents, missing };
    zip.addBuffer(Buffer.from(JSON.stringify(index, null, 2)), 'index.json', options);
    zip.end();
  }

  function lost(part: ArchivePart, id: string, error: unknown): void {
    contents.push({ path: null, part: part.part, file: id, missing: error instanceof Error ? error.message : 'lost' });
  }

  zip.on('error', (error: Error) => output.destroy(error));
  fill().catch((error: Error) => output.destroy(error));
  return output;
}
