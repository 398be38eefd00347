import type { DocumentFailure } from '@bazaar/sdk';
import { ApiError } from '../errors/index.ts';
import { LIMITS } from './limits.ts';

const WORDS: Record<DocumentFailure, string> = {
  'document-encrypted': 'The document is protected by a password. A copy without password can be read.',
  'document-broken': 'The document is damaged or incomplete and cannot be read.',
  'document-without-text': 'The document holds no text, only pictures, as a scan does.',
  'document-type-unsupported': 'The document is of a type that cannot be read. PDF, Word (.docx) and plain text can.',
  'document-too-large': `The document is larger than ${LIMITS.inputBytes / 1024 / 1024} MB.`,
  'document-too-complex': 'The document is too long or too complex to be read.',
};

/** The problem a caller is told when a document cannot be read. */
export function documentProblem(reason: DocumentFailure, cause?: unknown): ApiError {
  return new ApiError('unprocessable', WORDS[reason], { reason, ...(cause === undefined ? {} : { cause }) });
}
