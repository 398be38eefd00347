import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { FileInfo, JsonObject, JsonValue } from '@bazaar/sdk';
import busboy from 'busboy';
import { ApiError } from '../../errors/index.ts';
import type { IncomingFile } from '../../files/index.ts';
import type { StringReader } from '../input.ts';
import type { UploadField, UploadFields } from './upload-fields.ts';

const MAX_FIELDS = 200;
const MAX_FILES = 20;
const MAX_FIELD_BYTES = 256 * 1024;

export interface MultipartTarget {
  /** Which names take files. */
  files: UploadFields;
  reader: StringReader;
  store(file: IncomingFile): Promise<FileInfo>;
  discard(fileId: string): Promise<void>;
}

export interface MultipartForm {
  /** Text fields as they came. */
  values: Record<string, string | string[]>;
  /** All fields as the schema means them; files as `UploadedFile`. */
  input: JsonObject;
  /** Removes the stored files again, when what follows fails. */
  discard(): Promise<void>;
}

function malformed(detail: string, reason: string, cause?: unknown): ApiError {
  return new ApiError('malformed-request', detail, { reason, cause });
}

function checkName(name: string): void {
  if (name === '__proto__' || name === 'constructor' || name === 'prototype') {
    throw malformed('A field cannot have this name.', 'forbidden-name');
  }
  if (name.includes('\0')) throw malformed('A field name holds a NUL character.', 'nul-character');
}

/** Collects the parts of one form; files go to storage while they arrive. */
class FormReader {
  readonly #target: MultipartTarget;
  readonly #texts = new Map<string, string[]>();
  readonly #storing = new Map<string, Promise<FileInfo>[]>();

  constructor(target: MultipartTarget) {
    this.#target = target;
  }

  text(name: string, value: string, info: busboy.FieldInfo): void {
    checkName(name);
    if (info.nameTruncated || info.valueTruncated) {
      throw new ApiError('too-large', `The field "${name}" is larger than ${MAX_FIELD_BYTES} bytes.`);
    }
    if (value.includes('\0')) throw malformed(`The field "${name}" holds a NUL character.`, 'nul-character');
    if (this.#target.files.has(name)) {
      if (value === '') return;
      throw malformed(`"${name}" must be a file.`, 'not-a-file');
    }
    const values = this.#texts.get(name);
    if (values) values.push(value);
    else this.#texts.set(name, [value]);
  }

  /** Returns the storing, already observed: its failure is reported through `onFailure` at once. */
  file(name: string, content: Readable, info: busboy.FileInfo, onFailure: (error: unknown) => void): void {
    checkName(name);
    // What a browser sends for an empty file field.
    if (!info.filename) {
      content.resume();
      return;
    }
    const field = this.#target.files.get(name);
    if (!field) throw malformed(`"${name}" does not take a file.`, 'unexpected-file');
    const storing = this.#storing.get(name) ?? [];
    if (storing.length > 0 && !field.many) throw malformed(`"${name}" takes one file only.`, 'duplicate-parameter');
    const stored = this.#target.store(this.#incoming(field, info.filename, content));
    stored.catch(onFailure);
    this.#storing.set(name, [...storing, stored]);
  }

  #incoming(field: UploadField, name: string, content: Readable): IncomingFile {
    return { name, content, maxBytes: field.maxBytes, ...(field.accept ? { accept: field.accept } : {}) };
  }

  async form(): Promise<MultipartForm> {
    const values: MultipartForm['values'] = {};
    for (const [name, texts] of this.#texts) {
      const [only] = texts;
      values[name] = texts.length === 1 && only !== undefined ? only : texts;
    }
    const input = this.#target.reader.readForm(values);
    for (const [name, storing] of this.#storing) {
      const files = (await Promise.all(storing)) as unknown as JsonValue[];
      input[name] = this.#target.files.get(name)?.many ? files : (files[0] ?? null);
    }
    return { values, input, discard: () => this.discard() };
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
 * Reads a multipart form, streaming its files into storage. Whatever goes wrong, in the form, in storage or on the
 * line, nothing of it stays stored.
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
        content.on('error', (cause) => {
          // A storage that gives up reading aborts the stream; what counts then is why, which it reports itself.
          if (cause.name !== 'AbortError') reject(malformed('The multipart body is broken.', 'bad-multipart', cause));
        });
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
