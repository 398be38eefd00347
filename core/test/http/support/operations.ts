/** One operation of the OpenAPI document with everything needed to call it. */
export interface Operation {
  id: string;
  method: string;
  path: string;
  pathNames: string[];
  parameters: { name: string; in: 'path' | 'query' | 'header'; required: boolean; schema: Schema }[];
  /** Schema of the JSON body; `undefined` without one. */
  body: Schema | undefined;
  /** Schema of the form, where files are taken. */
  form: Schema | undefined;
  /** Success status → schema of the JSON answer, if it is JSON. */
  success: { status: number; schema: Schema | undefined };
  isPublic: boolean;
}

export type Schema = Record<string, unknown>;

interface MediaTypes {
  content?: Record<string, { schema?: Schema }>;
}

interface RawOperation {
  operationId: string;
  parameters?: Operation['parameters'];
  requestBody?: MediaTypes;
  responses: Record<string, MediaTypes>;
  security?: Record<string, unknown>[];
}

export interface OpenApiDocument {
  openapi: string;
  paths: Record<string, Record<string, RawOperation>>;
  components: { schemas: Record<string, Schema> };
}

function successOf(responses: RawOperation['responses']): Operation['success'] {
  for (const [status, response] of Object.entries(responses)) {
    // Sending the browser on is what some operations are for.
    if (!/^[23]/.test(status)) continue;
    return { status: Number(status), schema: response.content?.['application/json']?.schema };
  }
  throw new Error('an operation without a success');
}

/** All operations, those that end sessions or switch plugins off last. */
export function operationsOf(document: OpenApiDocument): Operation[] {
  const operations: Operation[] = [];
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, raw] of Object.entries(methods)) {
      operations.push({
        id: raw.operationId,
        method: method.toUpperCase(),
        path,
        pathNames: [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
        parameters: raw.parameters ?? [],
        body: raw.requestBody?.content?.['application/json']?.schema,
        form: raw.requestBody?.content?.['multipart/form-data']?.schema,
        success: successOf(raw.responses),
        isPublic: raw.security?.length === 0,
      });
    }
  }
  const late = ({ path }: Operation) => (/sign-out|disable/.test(path) ? 1 : 0);
  return operations.sort((a, b) => late(a) - late(b));
}

/** The path with its parameters filled in. */
export function fill(operation: Pick<Operation, 'path'>, values: Readonly<Record<string, string>>): string {
  return operation.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => values[name] ?? '');
}

/** Whether a path is for operators, who are asked for before anything else is looked at. */
export function isForOperators(path: string): boolean {
  return /^\/api\/(operator|platform)\//.test(path);
}

/** What tests of the runtime do on purpose is no junk: these fixtures fail when they are told to. */
export const FAILS_ON_PURPOSE: ReadonlySet<string> = new Set([
  'notes.misbehave',
  'notes.misread',
  'journal.ask',
  'journal.ask-quietly',
]);
