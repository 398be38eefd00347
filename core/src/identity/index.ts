export type { Principal } from './types.ts';
