export type { Principal } from '../routes/index.ts';
