export { createPublicPages, type PublicPagesOptions } from './public-pages.ts';
export type { FormTarget, PublicPages, PublicRequest, PublicResponse, SubmittedForm } from './types.ts';
