import { openPromise } from 'yauzl';

/** More entries than any office document has; names alone decide, nothing is inflated. */
const MAX_ENTRIES = 5000;

const OFFICE: readonly [entry: RegExp, type: string][] = [
  [/^word\/vbaProject\.bin$/i, 'application/vnd.ms-word.document.macroenabled.12'],
  [/^word\//i, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  [/^xl\//i, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  [/^ppt\//i, 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
];

/** Tells office documents from other ZIP archives by the names in the central directory. Pure. */
export function zipTypeOfNames(names: ReadonlySet<string>): string {
  if (names.has('[Content_Types].xml')) {
    for (const [entry, type] of OFFICE) if ([...names].some((name) => entry.test(name))) return type;
  }
  if (names.has('mimetype') && names.has('content.xml')) return 'application/vnd.oasis.opendocument.text';
  if (names.has('META-INF/MANIFEST.MF')) return 'application/java-archive';
  if (names.has('AndroidManifest.xml')) return 'application/vnd.android.package-archive';
  return 'application/zip';
}

/** The type of a file that starts like a ZIP archive; a broken one is still `application/zip`. */
export async function zipContentType(path: string): Promise<string> {
  const names = new Set<string>();
  try {
    const archive = await openPromise(path, { lazyEntries: true });
    for await (const entry of archive.eachEntry()) {
      names.add(entry.fileName);
      if (names.size > MAX_ENTRIES) break;
    }
  } catch {
    // Truncated or inconsistent: what could be read decides.
  }
  return zipTypeOfNames(names);
}
