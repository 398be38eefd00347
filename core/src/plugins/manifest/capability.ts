/** What a plugin may be granted, parsed. Host names are in lower case; `port` only when it was written. */
export type Capability =
  | { kind: 'files' | 'documents' | 'tasks' | 'users' }
  | { kind: 'http'; host: string; port?: number }
  | { kind: 'action' | 'event'; plugin: string; name: string };

const SIMPLE = new Set(['files', 'documents', 'tasks', 'users']);
const HOST =
  /^http:((?=.{1,253}(?::|$))[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*)(?::(\d{1,5}))?$/;
const NAMED =
  /^(action|event):([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\.([a-z][a-zA-Z0-9]*(?:-[a-z0-9]+)*(?:\.[a-z][a-zA-Z0-9]*(?:-[a-z0-9]+)*)*)$/;

/** `undefined` when the text is not a capability. */
export function parseCapability(text: string): Capability | undefined {
  if (SIMPLE.has(text)) return { kind: text as 'files' | 'documents' | 'tasks' | 'users' };
  const named = NAMED.exec(text);
  if (named?.[2] !== undefined && named[3] !== undefined) {
    return { kind: named[1] as 'action' | 'event', plugin: named[2], name: named[3] };
  }
  const host = HOST.exec(text);
  if (host?.[1] === undefined) return undefined;
  if (host[5] === undefined) return { kind: 'http', host: host[1] };
  const port = Number(host[5]);
  return port >= 1 && port <= 65_535 ? { kind: 'http', host: host[1], port } : undefined;
}
