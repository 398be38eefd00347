import type {
  ActionDeclaration,
  EventDeclaration,
  FieldError,
  JsonObject,
  JsonSchema,
  JsonValue,
  Manifest,
} from '@bazaar/sdk';
import { assertJson, NotJsonError } from '@bazaar/sdk/host';
import type { BoundedValidator } from '../manifest/bounded-validator.ts';
import { compileSchema, FILE_FORMAT } from '../manifest/schema-compiler.ts';
import { fileIdPaths, uploadFields, type ValuePath } from './file-fields.ts';
import { fieldErrors, invalidInput } from './input-errors.ts';

/** What a handler receives for an uploaded file, whatever its field says of its type. */
const UPLOADED_FILE: JsonSchema = {
  type: 'object',
  required: ['id', 'name', 'type', 'size', 'sha256', 'createdAt'],
};

/** An action with everything that can be known before it is called. */
export class ActionContract {
  readonly declaration: ActionDeclaration;
  readonly name: string;
  readonly readOnly: boolean;
  readonly isPublic: boolean;
  /** Full name; `undefined` when nobody needs one, or nobody but plugins and pages may call. */
  readonly permission: string | undefined;
  /** Whether a page of the plugin shows or submits it: visitors reach it that way. */
  readonly isPage: boolean;
  /** What the audit log calls it, with the plugin's id. */
  readonly auditAction: string;
  readonly uploads: readonly string[];
  readonly fileIds: readonly ValuePath[];
  #input: BoundedValidator | undefined;
  #output: BoundedValidator | undefined;

  constructor(manifest: Manifest, declaration: ActionDeclaration) {
    this.declaration = declaration;
    this.name = declaration.name;
    this.readOnly = declaration.effect === 'read';
    this.isPublic = declaration.permission === 'public';
    this.permission =
      declaration.permission === undefined || this.isPublic ? undefined : `${manifest.id}:${declaration.permission}`;
    this.isPage = (manifest.pages ?? []).some((page) => page.action === this.name || page.submit === this.name);
    this.auditAction = `${manifest.id}.${declaration.audit ?? declaration.name}`;
    this.uploads = uploadFields(declaration.input);
    this.fileIds = fileIdPaths(declaration.input);
  }

  /** Fills in defaults; rejects with `invalid-input`, each wrong field named. */
  checkInput(input: JsonObject): void {
    this.#input ??= compileSchema(withUploads(this.declaration.input, this.uploads), { useDefaults: true });
    const errors = this.#input.errorsOf(input);
    if (errors.length > 0) throw invalidInput(fieldErrors(errors));
    try {
      assertJson(input);
    } catch (error) {
      if (!(error instanceof NotJsonError)) throw error;
      throw invalidInput([{ pointer: error.pointer, message: 'Holds characters that cannot be stored.' }]);
    }
  }

  /** What is wrong with an output; empty when it is what the manifest promises. */
  outputErrors(output: JsonValue): readonly FieldError[] {
    this.#output ??= compileSchema(this.declaration.output);
    return fieldErrors(this.#output.errorsOf(output));
  }
}

/** An event the plugin emits. */
export class EventContract {
  readonly declaration: EventDeclaration;
  readonly fileIds: readonly ValuePath[];
  #payload: BoundedValidator | undefined;

  constructor(declaration: EventDeclaration) {
    this.declaration = declaration;
    this.fileIds = fileIdPaths(declaration.payload);
  }

  payloadErrors(payload: JsonObject): readonly FieldError[] {
    this.#payload ??= compileSchema(this.declaration.payload);
    return fieldErrors(this.#payload.errorsOf(payload));
  }
}

/** The checks that follow from one manifest. Schemas are compiled when they are first needed, once. */
export class PluginContract {
  readonly actions: ReadonlyMap<string, ActionContract>;
  readonly events: ReadonlyMap<string, EventContract>;
  readonly permissions: ReadonlySet<string>;

  constructor(manifest: Manifest) {
    this.actions = new Map(manifest.actions.map((action) => [action.name, new ActionContract(manifest, action)]));
    this.events = new Map((manifest.events ?? []).map((event) => [event.name, new EventContract(event)]));
    this.permissions = new Set((manifest.permissions ?? []).map((permission) => permission.name));
  }
}

function withUploads(schema: JsonSchema, uploads: readonly string[]): JsonSchema {
  if (uploads.length === 0) return schema;
  const properties = schema.properties as JsonObject;
  const replaced = Object.fromEntries(uploads.map((name) => [name, { ...UPLOADED_FILE, 'x-format': FILE_FORMAT }]));
  return { ...schema, properties: { ...properties, ...replaced } };
}
