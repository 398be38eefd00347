import type { ActionDeclaration, JsonObject, TenantIdentity } from '@bazaar/sdk';
import type { ApiError } from '../errors/index.ts';

/** A request below `/t/`, as far as public pages must know it. */
export interface PublicRequest {
  method: string;
  /** The path as it came, percent-encoded, without the query. */
  path: string;
  /** The query as it came, without the `?`. */
  query: string;
  /** Scheme and host the visitor used, e.g. `https://jobs.example.org`; used when no public URL is configured. */
  origin: string;
  requestId: string;
  ip: string;
  userAgent: string;
  /** Reads the submitted form once; files are stored for the plugin on the way. Rejects with `ApiError`. */
  readForm(target: FormTarget): Promise<SubmittedForm>;
}

/** Whose action a submitted form is for: the limits and types of its file fields come from the action's schema. */
export interface FormTarget {
  tenant: TenantIdentity;
  pluginId: string;
  action: ActionDeclaration;
  /** Properties of the action's input that the page's address gives. */
  parameters: readonly string[];
}

export interface SubmittedForm {
  /** Text fields as typed; given back to the page when the submission fails. */
  values: Record<string, string | string[]>;
  /** The action's input as its schema means it; files as `UploadedFile`. */
  input: JsonObject;
  /** Why the form cannot be taken, each wrong field named. */
  refused?: ApiError;
  /** Deletes the files that were stored, when the submission has failed. */
  discard(): Promise<void>;
}

export interface PublicResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Server-rendered pages of tenants for visitors. Never rejects: what goes wrong becomes a page that says so. */
export interface PublicPages {
  /** `null` when the path is not below `/t/`. */
  handle(request: PublicRequest): Promise<PublicResponse | null>;
}
