import type { JsonObject, JsonValue } from '../json.ts';

/** What the shell hands to every screen and widget, inline or framed: asynchronous and serialisable throughout. */
export interface UiContext {
  readonly plugin: string;
  readonly tenant: { id: string; slug: string; name: string };
  readonly user: { id: string; name: string; email: string; permissions: string[] };
  /**
   * The plugin's licence has ended so far that its data is to be seen and nothing is to be changed: every `write` action
   * is refused. What only writes is not to be offered then. When this or the person's permissions change, the same
   * element receives a new `ctx`.
   */
  readonly readOnly: boolean;
  /**
   * Parameters of the screen's path and its query, e.g. `{ id: '…' }`. When only the query changes, the same element
   * receives a new `ctx`; when the path changes, a new element is made.
   */
  readonly params: Record<string, string>;
  /**
   * Calls an action by its full or own name; rejects with `UiProblem`. In a frame: the plugin's own, and those that its
   * capabilities name.
   */
  call(action: string, input?: JsonObject, options?: CallOptions): Promise<JsonValue>;
  /** Fetches a `download` action and saves it under its name. */
  download(action: string, input?: JsonObject): Promise<void>;
  /** Path below the shell's root, e.g. `/job-board/jobs`. `replace`: Back does not lead to this address again. */
  navigate(path: string, options?: { replace?: boolean }): void;
  /** Names what the screen shows, e.g. a job's title, in the breadcrumb and the window title. No effect in widgets. */
  setTitle(title: string): void;
  notify(message: string, kind?: 'success' | 'error' | 'info'): void;
  /**
   * Events with an `audience`, `progress`, licence changes, and `reconnected` after a gap; returns the undo. In a frame:
   * the plugin's own events, and those about it.
   */
  on(event: string, listener: (payload: JsonObject) => void): () => void;
  /** Asks before something that cannot be undone. */
  confirm(question: { title: string; message: string; confirm: string; danger?: boolean }): Promise<boolean>;
}

export interface CallOptions {
  /** Files for `format: "bazaar-file"` fields; sent as multipart with upload progress. */
  files?: Record<string, File>;
  onProgress?: (percent: number) => void;
  signal?: AbortSignal;
}

/** A problem document of the API, as thrown by `call`. `errors` belong beside their fields. */
export class UiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly reason: string | undefined;
  readonly errors: { pointer: string; message: string }[];
  /** What the person can do about it. */
  readonly action: { label: string; href: string } | undefined;

  constructor(problem: {
    status: number;
    code: string;
    detail: string;
    reason?: string;
    errors?: { pointer: string; message: string }[];
    action?: { label: string; href: string };
  }) {
    super(problem.detail);
    this.name = 'UiProblem';
    this.status = problem.status;
    this.code = problem.code;
    this.reason = problem.reason;
    this.errors = problem.errors ?? [];
    this.action = problem.action;
  }
}
