export { createContext, type Invocation } from './context.ts';
export { assertJson, NotJsonError } from './json-check.ts';
export type { Host, HostOperation, HostOperations } from './operations.ts';
