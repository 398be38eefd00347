export { matchCv } from './match-cv.ts';
export type { Match, Requirements } from './types.ts';
