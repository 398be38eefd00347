export { type Conditions, conditions, likeContaining, microsOf, timeOf } from './conditions.ts';
export {
  type Keyset,
  type KeyValue,
  PAGE_INPUT,
  type Page,
  type PageInput,
  pageOf,
  pageOfAll,
  pageOutput,
  readCursor,
  writeCursor,
} from './keyset.ts';
