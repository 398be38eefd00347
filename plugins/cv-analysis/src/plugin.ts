import { definePlugin } from '@bazaar/sdk';
import { applicationAnalysis, createAnalysis, getAnalysis, jobOptions, ranking } from './analyses/show.ts';
import type { Contract } from './contract.generated.ts';
import { processApplication, processUpload } from './documents/process.ts';
import { dashboardFigures, documentFile, getDocument, listDocuments } from './documents/show.ts';
import { deleteDocument, retryDocument, uploadDocument } from './documents/upload.ts';
import { erasePerson, exportPerson } from './privacy.ts';

export default definePlugin<Contract>({
  actions: {
    'documents.upload': uploadDocument,
    'documents.list': listDocuments,
    'documents.get': getDocument,
    'documents.file': documentFile,
    'documents.retry': retryDocument,
    'documents.delete': deleteDocument,
    'analyses.create': createAnalysis,
    'analyses.get': getAnalysis,
    'analyses.ranking': ranking,
    'applications.analysis': applicationAnalysis,
    'jobs.options': jobOptions,
    'dashboard.figures': dashboardFigures,
  },
  subscriptions: {
    'cv-analysis.document.uploaded': processUpload,
    'job-board.application.submitted': processApplication,
  },
  exportPerson,
  erasePerson,
});
