export { createSettings } from './create-settings.ts';
export type { Settings } from './types.ts';
