export { conditions, likeContaining, microsOf, timeOf } from './conditions.ts';
export {
  type Keyset,
  PAGE_INPUT,
  type Page,
  type PageInput,
  pageInput,
  pageOf,
  pageOfAll,
  pageOutput,
  readCursor,
  writeCursor,
} from './keyset.ts';
export { byName, newestFirst } from './order.ts';
