/** How one operation of the OpenAPI document is called. */
export interface Operation {
  method: string;
  path: string;
  /** Names of path parameters. */
  pathNames: string[];
}

interface Document {
  paths: Record<string, Record<string, { operationId?: string } | undefined>>;
}

/** Operation id → how it is called. */
export function readOperations(document: unknown): ReadonlyMap<string, Operation> {
  const operations = new Map<string, Operation>();
  for (const [path, methods] of Object.entries((document as Document).paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (operation?.operationId === undefined) continue;
      const pathNames = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
      operations.set(operation.operationId, { method: method.toUpperCase(), path, pathNames });
    }
  }
  return operations;
}

export interface BuiltRequest {
  method: string;
  path: string;
  /** With its `?`, or empty. */
  query: string;
  body?: object;
}

function isFile(value: unknown): value is Blob {
  return value instanceof Blob || (Array.isArray(value) && value.length > 0 && value.every(isFile));
}

function asForm(input: Readonly<Record<string, unknown>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(input)) {
    if (value === undefined) continue;
    for (const item of isFile(value) && Array.isArray(value) ? value : [value]) {
      form.append(name, item instanceof Blob || typeof item === 'string' ? item : JSON.stringify(item));
    }
  }
  return form;
}

/** Splits an action's input into path, query and body the way the kernel joins them. */
export function buildRequest(operation: Operation, input: Readonly<Record<string, unknown>>): BuiltRequest {
  const { method, pathNames } = operation;
  const rest: Record<string, unknown> = { ...input };
  let path = operation.path;
  for (const name of pathNames) {
    path = path.replace(`{${name}}`, encodeURIComponent(String(rest[name])));
    delete rest[name];
  }
  if (method === 'GET' || method === 'DELETE') {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(rest)) {
      for (const item of Array.isArray(value) ? value : [value]) {
        if (item !== undefined && item !== null) query.append(name, String(item));
      }
    }
    const text = query.toString();
    return { method, path, query: text === '' ? '' : `?${text}` };
  }
  const body = Object.values(rest).some(isFile) ? asForm(rest) : rest;
  return { method, path, query: '', body };
}
