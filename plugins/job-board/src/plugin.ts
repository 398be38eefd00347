import { definePlugin } from '@bazaar/sdk';
import { moveApplication, rejectApplication, withdrawApplication } from './applications/change.ts';
import { createApplication } from './applications/create.ts';
import { listApplications } from './applications/list.ts';
import { noteOnApplication } from './applications/note.ts';
import { downloadCv, getApplication, jobPipeline } from './applications/read.ts';
import { recordScore } from './applications/score.ts';
import { submitApplication } from './applications/submit.ts';
import { getCandidate, listCandidates } from './candidates/read.ts';
import type { Contract } from './contract.generated.ts';
import { dashboardFigures } from './dashboard/figures.ts';
import { seedDemo } from './demo/seed.ts';
import { createJob } from './jobs/create.ts';
import { closeExpiredJobs } from './jobs/expire.ts';
import { listJobs } from './jobs/list.ts';
import { jobRates, setJobRates } from './jobs/rates.ts';
import { getJob, jobOptions, jobRequirements } from './jobs/read.ts';
import { archiveJob, closeJob, pauseJob, publishJob, reopenJob } from './jobs/state.ts';
import { updateJob } from './jobs/update.ts';
import { jobPage } from './pages/job-page.ts';
import { jobsPage } from './pages/jobs-page.ts';
import { erasePerson } from './privacy/erase.ts';
import { exportPerson } from './privacy/export.ts';

export default definePlugin<Contract>({
  actions: {
    'jobs.list': listJobs,
    'jobs.get': getJob,
    'jobs.create': createJob,
    'jobs.update': updateJob,
    'jobs.publish': publishJob,
    'jobs.pause': pauseJob,
    'jobs.close': closeJob,
    'jobs.close-expired': closeExpiredJobs,
    'jobs.reopen': reopenJob,
    'jobs.archive': archiveJob,
    'jobs.options': jobOptions,
    'jobs.requirements': jobRequirements,
    'jobs.rates': jobRates,
    'jobs.set-rates': setJobRates,
    'jobs.pipeline': jobPipeline,
    'dashboard.figures': dashboardFigures,
    'applications.list': listApplications,
    'applications.get': getApplication,
    'applications.cv': downloadCv,
    'applications.submit': submitApplication,
    'applications.create': createApplication,
    'applications.move': moveApplication,
    'applications.reject': rejectApplication,
    'applications.withdraw': withdrawApplication,
    'applications.note': noteOnApplication,
    'candidates.list': listCandidates,
    'candidates.get': getCandidate,
    'pages.jobs': jobsPage,
    'pages.job': jobPage,
  },
  subscriptions: { 'cv-analysis.application.scored': recordScore },
  demo: seedDemo,
  exportPerson,
  erasePerson,
});
