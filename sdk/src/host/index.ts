export { createContext, type Invocation } from './context.ts';
export type { Host, HostOperation, HostOperations } from './operations.ts';
