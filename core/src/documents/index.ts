export { createDocumentExtractor, type DocumentExtractorOptions } from './extractor.ts';
export type { DocumentExtractor } from './types.ts';
