import type { Parameters } from '../contract/parameters.ts';
import type { Support } from '../contract/support.ts';
import type { Books } from '../state/books.ts';

/** One request to the API, checked against the contract. */
export interface Call {
  params: Parameters;
  /** The identifiers in the path. */
  ids: string[];
  books: Books;
  /** Publishable keys may only do what a browser does. */
  publishable: boolean;
  path: string;
}

export interface RouteDefinition {
  /** `POST /v1/customers/{}` */
  name: string;
  support: Support;
  handle: (call: Call) => object;
}

/** The parameters as the SDK's type of this route: the contract was generated from that very type. */
export function paramsOf<T>(call: Call): T {
  return call.params as T;
}

/** The n-th identifier of the path. */
export function pathId(call: Call, index = 0): string {
  return call.ids[index] ?? '';
}
