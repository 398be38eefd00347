export type {
  Context,
  FileDownload,
  FileInfo,
  HttpRequest,
  HttpResponse,
  Log,
  Member,
  MemberPageOptions,
  TaskRequest,
  TenantIdentity,
  UploadedFile,
  UserIdentity,
} from './context.ts';
export type { ActionContract, Contract, QueryContract, TableContract } from './contract.ts';
export { type DeliveredEvent, definePlugin, type PluginDefinition } from './define-plugin.ts';
export type { DocumentFailure, DocumentLine, DocumentPage, ExtractedDocument } from './documents.ts';
export { exportInTurn, pageWithin, type ReadPage } from './export-pages.ts';
export type { JsonObject, JsonValue } from './json.ts';
export { type Keyset, type Place, pageOf, readCursor } from './keyset.ts';
export type {
  ActionDeclaration,
  EventDeclaration,
  JsonSchema,
  Manifest,
  MeterDeclaration,
  NavigationItem,
  PageDeclaration,
  Pricing,
  ScheduleDeclaration,
  ScreenDeclaration,
  SlotName,
  WidgetDeclaration,
} from './manifest/manifest.ts';
export { html, type PageModel, type SafeHtml } from './page.ts';
export type { PersonalRecords, PersonErasure, PersonExport, PersonExportRequest, PersonIdentity } from './privacy.ts';
export { conflict, type FieldError, invalidField, notFound, Problem, type ProblemCode } from './problem.ts';
export type { Comparison, FindOptions, Order, Page, PageOptions, TableApi, Where } from './query-language.ts';
export { formatSize } from './size.ts';
