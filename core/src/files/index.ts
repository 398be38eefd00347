export { downloadHeaders } from './content-disposition.ts';
export { detectContentType } from './detect-type.ts';
export { createFiles, type Files, type FilesOptions } from './files.ts';
export type { Scratch, Stretch } from './scratch.ts';
export type { SweepResult } from './sweep.ts';
export { type TextEncoding, TextProbe } from './text-encoding.ts';
export type { FileScope, FileStore, IncomingFile } from './types.ts';
