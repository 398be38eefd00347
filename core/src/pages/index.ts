export type {
  FormTarget,
  PublicPages,
  PublicRequest,
  PublicResponse,
  QueryReader,
  SubmittedForm,
  TenantDirectory,
} from './types.ts';
