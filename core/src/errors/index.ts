export { ApiError, type ApiErrorOptions } from './api-error.ts';
export { messageOf } from './message.ts';
export { pointerOf } from './pointer.ts';
export { type ProblemDocument, problemDocument } from './problem.ts';
export { StartupError } from './startup-error.ts';
export { ERRORS, type ErrorCode } from './table.ts';
