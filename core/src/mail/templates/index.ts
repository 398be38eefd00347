import type { MailTemplate } from '../template.ts';
import { testTemplate } from './test.ts';

/** Every letter the platform writes: one file each, one line here. */
export const TEMPLATES = {
  test: testTemplate,
} as const;

export type MailTemplateName = keyof typeof TEMPLATES;

/** What each template is filled with. */
export type MailValues = {
  [Name in MailTemplateName]: (typeof TEMPLATES)[Name] extends MailTemplate<string, infer Values> ? Values : never;
};
