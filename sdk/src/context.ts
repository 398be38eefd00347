import type { ActionContract, Contract } from './contract.ts';
import type { ExtractedDocument } from './documents.ts';
import type { JsonObject } from './json.ts';
import type { Page, TableApi } from './query-language.ts';

export interface TenantIdentity {
  id: string;
  slug: string;
  name: string;
}

/** The signed-in person. Never carries tokens or request headers. */
export interface UserIdentity {
  id: string;
  name: string;
  email: string;
  /** Permissions in this tenant, e.g. `job-board:jobs.write`. */
  permissions: string[];
}

/** One of the tenant's people, as far as plugins are told. */
export interface Member {
  id: string;
  name: string;
}

export interface MemberPageOptions {
  /** Part of the name. */
  text?: string | undefined;
  /** 1–100; 20 when absent. */
  limit?: number | undefined;
  /** The `nextCursor` of the page before. */
  cursor?: string | undefined;
}

export interface FileInfo {
  id: string;
  name: string;
  /** Detected from the content, never taken from the sender. */
  type: string;
  /** In bytes. */
  size: number;
  /** In hexadecimal digits. */
  sha256: string;
  /** ISO 8601. */
  createdAt: string;
}

/** Something a person of the tenant must look at. At most 100 in one call of a handler. */
export interface TaskRequest {
  /** In SCREAMING_SNAKE_CASE, e.g. `PARSE_FAILURE`. */
  kind: string;
  title: string;
  description?: string;
  /** `normal` when absent. */
  priority?: 'low' | 'normal' | 'high' | 'urgent';
  /** Path inside the shell that resolves the task, e.g. `/cv-analysis/documents/<id>`. */
  link?: string;
  /** Who sees it: the holders of this permission of the plugin, named as in its manifest. */
  audience: string;
  /** Names the task for `resolve`. While one with this key is open, raising another changes nothing. */
  key?: string;
}

export interface HttpRequest {
  /** Its host must be granted as a capability, e.g. `http:api.example.com`. */
  url: string;
  /** `GET` when absent. */
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers?: Record<string, string>;
  /** At most 1 MB. */
  body?: string;
}

export interface HttpResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface Log {
  debug(message: string, data?: JsonObject): void;
  info(message: string, data?: JsonObject): void;
  warn(message: string, data?: JsonObject): void;
  error(message: string, data?: JsonObject): void;
}

type Caller<Shape> = Shape extends ActionContract ? (input: Shape['input']) => Promise<Shape['output']> : never;

/**
 * Everything a handler can reach. Each member is asynchronous and takes and returns JSON, because the same
 * handler runs inside the kernel's process or in a sandbox. All writes of one handler call (rows, events,
 * tasks) commit together when it returns and are undone when it throws. What needs a capability (`files`, `documents`,
 * `tasks`, `users`, `http`, other plugins' actions) is refused without it: `forbidden`, reason `capability-missing`.
 */
export interface Context<C extends Contract = Contract> {
  readonly plugin: { id: string; version: string };
  readonly tenant: TenantIdentity;
  /** `null` for visitors of public pages and for work without a person (events, schedules). */
  readonly user: UserIdentity | null;
  /** Correlates log lines, audit rows and events of one request. */
  readonly requestId: string;

  readonly db: { [Table in keyof C['tables']]: TableApi<C['tables'][Table]['row'], C['tables'][Table]['insert']> };
  readonly queries: {
    [Query in keyof C['queries']]: (params: C['queries'][Query]['params']) => Promise<C['queries'][Query]['row'][]>;
  };
  readonly events: {
    /** Stored with the handler's rows, delivered at least once and in order per subject after commit. */
    emit<Name extends keyof C['events'] & string>(name: Name, payload: C['events'][Name]): Promise<void>;
  };
  readonly actions: {
    /** Calls another plugin's action (or one of our own) with the rights of user ∩ plugin ∩ licence. */
    call<Name extends keyof C['calls'] & string>(
      name: Name,
      ...args: Parameters<Caller<C['calls'][Name]>>
    ): ReturnType<Caller<C['calls'][Name]>>;
    /**
     * Whether an action can be called now: installed, enabled and licensed for this tenant. For one of our own, by its
     * full name too: whether the licence allows it, e.g. a `write` action behind the form of a public page.
     */
    available(name: (keyof C['calls'] & string) | `${string}.${keyof C['actions'] & string}`): Promise<boolean>;
  };
  /** What the tenant has set, with the schema's defaults for the rest; secrets included. */
  readonly settings: { get(): Promise<C['settings']> };
  /** The plugin's files and those handed to it. An id of any other file is refused with `not-found`. */
  readonly files: {
    info(id: string): Promise<FileInfo>;
    /** Text of a text file of at most 1 MB; a larger one is refused with `too-large`. */
    readText(id: string): Promise<string>;
    delete(id: string): Promise<void>;
    /** Stores a file of the plugin's own package (path below its folder) as a file of the tenant. */
    importAsset(path: string): Promise<FileInfo>;
  };
  /** Refuses with `unprocessable` what cannot be read; the `reason` is a `DocumentFailure`. */
  readonly documents: { extract(fileId: string): Promise<ExtractedDocument> };
  readonly tasks: {
    raise(task: TaskRequest): Promise<void>;
    /** Closes the open task with this key, if there is one. */
    resolve(key: string): Promise<void>;
  };
  readonly users: {
    /** The people who may sign in to the tenant, by name. */
    page(options?: MemberPageOptions): Promise<Page<Member>>;
    /** Those of at most 100 people who belong to the tenant, suspended ones too; whoever has left is not among them. */
    find(ids: readonly string[]): Promise<Member[]>;
  };
  readonly progress: {
    /** Tells the tenant's browsers at once (not transactional) how far long work has come; `percent` is from 0 to 100. */
    report(subject: string, stage: string, percent: number): Promise<void>;
  };
  /**
   * A request to a granted host, whatever the status of its answer. Follows up to 5 redirects. Refused are hosts that are
   * not granted and private addresses (`forbidden`), answers of more than 1 MB (`too-large`), and servers that do not
   * answer within 15 seconds (`unavailable`).
   */
  readonly http: { fetch(request: HttpRequest): Promise<HttpResponse> };
  /** Lines of the platform's log; what exceeds the quota is dropped without an error. */
  readonly log: Log;
}

/** A file that an action accepts in a `format: "bazaar-file"` field: stored already, bytes stay in the kernel. */
export type UploadedFile = FileInfo;

/** The output of an action declared with `"http": { "download": true }`: the kernel streams the file. */
export interface FileDownload {
  fileId: string;
}
