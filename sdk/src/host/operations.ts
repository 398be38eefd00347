import type { FileInfo, HttpRequest, HttpResponse, Member, MemberPageOptions, TaskRequest } from '../context.ts';
import type { ExtractedDocument } from '../documents.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { FindOptions, Page, PageOptions, Where } from '../query-language.ts';

type Row = JsonObject;

/**
 * Every call a plugin can make on the kernel: name → arguments and result, all JSON. Both tiers use exactly this
 * table; the kernel implements it once.
 */
export interface HostOperations {
  'db.find': { args: { table: string; options: FindOptions<Row> }; result: Row[] };
  'db.page': { args: { table: string; options: PageOptions<Row> }; result: Page<Row> };
  'db.count': { args: { table: string; where: Where<Row> }; result: number };
  'db.insert': { args: { table: string; rows: readonly Row[] }; result: Row[] };
  'db.update': { args: { table: string; where: Where<Row>; set: Row }; result: Row[] };
  'db.delete': { args: { table: string; where: Where<Row> }; result: number };
  'db.query': { args: { query: string; params: JsonObject }; result: Row[] };
  'events.emit': { args: { event: string; payload: JsonObject }; result: null };
  'actions.call': { args: { action: string; input: JsonObject }; result: JsonValue };
  'actions.available': { args: { action: string }; result: boolean };
  'settings.get': { args: Record<string, never>; result: JsonObject };
  'files.info': { args: { id: string }; result: FileInfo };
  'files.readText': { args: { id: string }; result: string };
  'files.delete': { args: { id: string }; result: null };
  'files.importAsset': { args: { path: string }; result: FileInfo };
  'documents.extract': { args: { fileId: string }; result: ExtractedDocument };
  'tasks.raise': { args: { task: TaskRequest }; result: null };
  'tasks.resolve': { args: { key: string }; result: null };
  'users.page': { args: { options: MemberPageOptions }; result: Page<Member> };
  'users.find': { args: { ids: readonly string[] }; result: Member[] };
  'progress.report': { args: { subject: string; stage: string; percent: number }; result: null };
  'http.fetch': { args: { request: HttpRequest }; result: HttpResponse };
  'log.write': {
    args: { level: 'debug' | 'info' | 'warn' | 'error'; message: string; data: JsonObject };
    result: null;
  };
}

export type HostOperation = keyof HostOperations;

/** The only way out of a plugin. Inline it is a function call, in the sandbox a message to the kernel. */
export interface Host {
  call<Op extends HostOperation>(
    operation: Op,
    args: HostOperations[Op]['args'],
  ): Promise<HostOperations[Op]['result']>;
}
