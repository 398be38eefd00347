import type { PackageIssue } from '../manifest/issue.ts';
import type { PackedFiles } from './packed-files.ts';

const BYTE_ORDER_MARK = '\ufeff';

/** The text of a packed file that the kernel reads; undefined, and an issue, where it is none or too long. */
export function readText(files: PackedFiles, path: string, issues: PackageIssue[]): string | undefined {
  const content = files.contents.get(path);
  if (!content) {
    issues.push({ file: path, pointer: '', message: 'is larger than 4 MB' });
    return undefined;
  }
  const text = content.toString('utf8');
  if (text.includes('\ufffd') && !Buffer.from(text).equals(content)) {
    issues.push({ file: path, pointer: '', message: 'is not UTF-8; save it as UTF-8' });
    return undefined;
  }
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}
