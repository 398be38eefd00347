import type { IncomingMessage } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';
import { type FileInfo, formatSize, type JsonObject, type JsonValue } from '@bazaar/sdk';
import busboy from 'busboy';
import { ApiError } from '../../errors/index.ts';
import type { IncomingFile } from '../../files/index.ts';
import type { StringReader } from '../input.ts';
import { checkName } from '../names.ts';
import type { UploadField, UploadFields } from './upload-fields.ts';

const MAX_FIELDS = 200;
const MAX_FILES = 20;
const MAX_FIELD_BYTES = 256 * 1024;
/** How much of refused files is read on, to learn of the other fields, before the form is given up. */
const MAX_WASTE_BYTES = 64 * 1024 * 1024;

export interface MultipartTarget {
  /** Which names take files. */
  files: UploadFields;
  reader: StringReader;
  store(file: IncomingFile): Promise<FileInfo>;
  discard(fileId: string): Promise<void>;
}

/** A form that came whole, be it with fields that are refused. */
export interface MultipartForm {
  /** Text fields as they came. */
  values: Record<string, string | string[]>;
  /** All accepted fields as the schema means them; files as `UploadedFile`. */
  input: JsonObject;
  /** Why fields are refused whatever their schema says, by their names: nothing of the form may be used. */
  refused: ReadonlyMap<string, ApiError>;
  /** Removes the stored files again, when what follows fails. */
  discard(): Promise<void>;
}

function malformed(detail: string, reason: string, cause?: unknown): ApiError {
  return new ApiError('malformed-request', detail, { reason, cause });
}

/** The parser lets parts without a name through, whatever its types say. */
function checkPartName(name: string | undefined): asserts name is string {
  if (name === undefined) throw malformed('A part of the multipart body has no name.', 'bad-multipart');
  checkName(name);
}

/** Whether it is this file that is refused, and not storage or the line that fails. */
function isRefusal(error: unknown): error is ApiError {
  return error instanceof ApiError && (error.code === 'too-large' || error.code === 'unsupported-media-type');
}

/** Collects the parts of one form; files go to storage while they arrive. */
class FormReader {
  readonly #target: MultipartTarget;
  readonly #texts = new Map<string, string[]>();
  readonly #storing = new Map<string, Promise<FileInfo>[]>();
  readonly #refused = new Map<string, ApiError>();
  #wasted = 0;

  constructor(target: MultipartTarget) {
    this.#target = target;
  }

  #refuse(name: string, error: ApiError): void {
    if (!this.#refused.has(name)) this.#refused.set(name, error);
  }

  text(name: string | undefined, value: string, info: busboy.FieldInfo): void {
    checkPartName(name);
    const { files } = this.#target;
    // What a browser sends for an empty file field.
    if (files.has(name) && value === '') return;
    if (files.has(name)) this.#refuse(name, malformed(`"${name}" must be a file.`, 'not-a-file'));
    else if (info.nameTruncated || info.valueTruncated) {
      this.#refuse(
        name,
        new ApiError('too-large', `The field "${name}" is larger than ${formatSize(MAX_FIELD_BYTES)}.`),
      );
    } else if (value.includes('\0')) {
      this.#refuse(name, malformed(`The field "${name}" holds a NUL character.`, 'nul-character'));
    } else this.#texts.set(name, [...(this.#texts.get(name) ?? []), value]);
  }

  /** Starts to store a file; `giveUp` is told at once of what ends the whole form. */
  file(name: string | undefined, content: Readable, info: busboy.FileInfo, giveUp: (error: unknown) => void): void {
    checkPartName(name);
    // What a browser sends for an empty file field.
    if (!info.filename) {
      content.resume();
      return;
    }
    const field = this.#target.files.get(name);
    const storing = this.#storing.get(name) ?? [];
    if (!field) {
      this.#refuse(name, malformed(`"${name}" does not take a file.`, 'unexpected-file'));
      this.#waste(content, giveUp);
    } else if (storing.length > 0 && !field.many) {
      this.#refuse(name, malformed(`"${name}" takes one file only.`, 'duplicate-parameter'));
      this.#waste(content, giveUp);
    } else {
      this.#storing.set(name, [...storing, this.#store(name, field, content, info.filename, giveUp)]);
    }
  }

  /** Reads on without keeping anything, within limits. */
  #waste(content: Readable, giveUp: (error: unknown) => void): void {
    content.on('data', (chunk: Buffer) => {
      this.#wasted += chunk.length;
      const [first] = this.#refused.values();
      if (this.#wasted > MAX_WASTE_BYTES && first) giveUp(first);
    });
    content.resume();
  }

  /** The storing, already observed. */
  #store(
    name: string,
    field: UploadField,
    content: Readable,
    fileName: string,
    giveUp: (error: unknown) => void,
  ): Promise<FileInfo> {
    // Storage may destroy what it reads; the parser goes on only when its own stream is read to the end.
    const part = new PassThrough();
    content.on('error', (cause) => part.destroy(cause));
    content.pipe(part);
    const { maxBytes, accept } = field;
    const file = { name: fileName, content: part, maxBytes, ...(accept ? { accept } : {}) };
    const stored = this.#target.store(file);
    stored.catch((error: unknown) => {
      if (!isRefusal(error)) {
        giveUp(error);
        return;
      }
      this.#refuse(name, error);
      content.unpipe(part);
      this.#waste(content, giveUp);
    });
    return stored;
  }

  /** To be called when all parts have been seen. */
  async form(): Promise<MultipartForm> {
    await Promise.allSettled([...this.#storing.values()].flat());
    const values: MultipartForm['values'] = {};
    for (const [name, texts] of this.#texts) {
      const [only] = texts;
      values[name] = texts.length === 1 && only !== undefined ? only : texts;
    }
    const input: JsonObject = {};
    for (const [name, value] of Object.entries(values)) {
      try {
        input[name] = this.#target.reader.read(name, value, true);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        this.#refuse(name, error);
      }
    }
    for (const [name, storing] of this.#storing) {
      if (this.#refused.has(name)) continue;
      const files = (await Promise.all(storing)) as unknown as JsonValue[];
      input[name] = this.#target.files.get(name)?.many ? files : (files[0] ?? null);
    }
    return { values, input, refused: this.#refused, discard: () => this.discard() };
  }

  /** Waits until nothing is being stored any more and removes what was. */
  async discard(): Promise<void> {
    const outcomes = await Promise.allSettled([...this.#storing.values()].flat());
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') await this.#target.discard(outcome.value.id);
    }
  }
}

function parser(request: IncomingMessage): busboy.Busboy {
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      limits: { fields: MAX_FIELDS, fieldSize: MAX_FIELD_BYTES, fieldNameSize: 200, files: MAX_FILES, headerPairs: 50 },
    });
  } catch (cause) {
    throw malformed('The multipart header is broken (no boundary?).', 'bad-multipart', cause);
  }
}

/**
 * Reads a multipart form, streaming its files into storage. Fields that must be refused do not end it: the sender
 * learns of all of them at once. What makes the form unreadable, or fails in storage or on the line, rejects, and
 * nothing of the form stays stored.
 */
export async function readMultipart(request: IncomingMessage, target: MultipartTarget): Promise<MultipartForm> {
  const form = new FormReader(target);
  const parts = parser(request);
  try {
    await new Promise<void>((resolve, reject) => {
      const guard =
        <Args extends unknown[]>(work: (...args: Args) => void) =>
        (...args: Args) => {
          try {
            work(...args);
          } catch (error) {
            reject(error);
          }
        };
      parts.on(
        'field',
        guard((name, value, info) => form.text(name, value, info)),
      );
      parts.on('file', (name, content, info) => {
        content.on('error', (cause) => reject(malformed('The multipart body is broken.', 'bad-multipart', cause)));
        try {
          form.file(name, content, info, reject);
        } catch (error) {
          content.resume();
          reject(error);
        }
      });
      parts.on('fieldsLimit', () => reject(malformed(`More than ${MAX_FIELDS} fields.`, 'too-many-parameters')));
      parts.on('filesLimit', () => reject(malformed(`More than ${MAX_FILES} files.`, 'too-many-files')));
      parts.on('error', (cause) => reject(malformed('The multipart body is broken.', 'bad-multipart', cause)));
      parts.on('close', resolve);
      request.on('close', () => {
        if (!request.complete) reject(malformed('The connection closed before the body ended.', 'incomplete'));
      });
      request.pipe(parts);
    });
    return await form.form();
  } catch (error) {
    request.unpipe(parts);
    parts.destroy(new Error('The form was given up.'));
    // The rest is read and thrown away, so that the sender gets to see the answer.
    request.resume();
    await form.discard();
    throw error;
  }
}
