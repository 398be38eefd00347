export { type ReadCv, readCv } from './extract-cv.ts';
export type * from './types.ts';
export { EDUCATION_LEVELS } from './types.ts';
