export { contentDisposition, downloadHeaders } from './content-disposition.ts';
export { detectContentType } from './detect-type.ts';
export { sanitiseFileName } from './file-name.ts';
export { createFiles, type Files, type FilesOptions } from './files.ts';
export { sizeInWords } from './spool.ts';
export type { SweepResult } from './sweep.ts';
export { type TextEncoding, TextProbe } from './text-encoding.ts';
export { nameOfType } from './type-names.ts';
export type { FileScope, FileStore, IncomingFile } from './types.ts';
