import type { MailTemplate } from '../template.ts';
import { accountDeletedTemplate } from './account-deleted.ts';
import { accountDeletionPlannedTemplate } from './account-deletion-planned.ts';
import { accountExistsTemplate } from './account-exists.ts';
import { confirmEmailTemplate } from './confirm-email.ts';
import { emailChangedTemplate } from './email-changed.ts';
import { erasureDoneTemplate } from './erasure-done.ts';
import { exportReadyTemplate } from './export-ready.ts';
import { invitationTemplate } from './invitation.ts';
import { licenceNoticeTemplate } from './licence-notice.ts';
import { passwordChangedTemplate } from './password-changed.ts';
import { paymentActionTemplate } from './payment-action.ts';
import { paymentFailedTemplate } from './payment-failed.ts';
import { receiptTemplate } from './receipt.ts';
import { resetPasswordTemplate } from './reset-password.ts';
import { securityNoticeTemplate } from './security-notice.ts';
import { testTemplate } from './test.ts';
import { verifyEmailTemplate } from './verify-email.ts';
import { workspaceDeletedTemplate } from './workspace-deleted.ts';
import { workspaceDeletionPlannedTemplate } from './workspace-deletion-planned.ts';

/** Every e-mail the platform writes: one file each, one line here. */
export const TEMPLATES = {
  'payment-action': paymentActionTemplate,
  'payment-failed': paymentFailedTemplate,
  receipt: receiptTemplate,
  'account-exists': accountExistsTemplate,
  'confirm-email': confirmEmailTemplate,
  'email-changed': emailChangedTemplate,
  invitation: invitationTemplate,
  'licence-notice': licenceNoticeTemplate,
  'password-changed': passwordChangedTemplate,
  'reset-password': resetPasswordTemplate,
  'security-notice': securityNoticeTemplate,
  'verify-email': verifyEmailTemplate,
  'export-ready': exportReadyTemplate,
  'account-deleted': accountDeletedTemplate,
  'erasure-done': erasureDoneTemplate,
  'workspace-deleted': workspaceDeletedTemplate,
  'account-deletion-planned': accountDeletionPlannedTemplate,
  'workspace-deletion-planned': workspaceDeletionPlannedTemplate,
  test: testTemplate,
} as const;

export type MailTemplateName = keyof typeof TEMPLATES;

/** What each template is filled with. */
export type MailValues = {
  [Name in MailTemplateName]: (typeof TEMPLATES)[Name] extends MailTemplate<string, infer Values> ? Values : never;
};
