import { defineTemplate } from '../template.ts';

/** To every owner, when a workspace is deleted for ever. */
export const workspaceDeletedTemplate = defineTemplate<'workspace-deleted', { workspace: string }>({
  name: 'workspace-deleted',
  en: ({ workspace }) => ({
    subject: `The workspace ${workspace} has been deleted`,
    body: [
      `The time in which the deletion of ${workspace} could be undone is over. Its data, files and licences are being deleted now.`,
      'Invoices and the audit log are kept as long as the law demands.',
    ],
  }),
  de: ({ workspace }) => ({
    subject: `Der Arbeitsbereich ${workspace} wurde gelöscht`,
    body: [
      `Die Frist, in der sich die Löschung von ${workspace} rückgängig machen ließ, ist abgelaufen. Daten, Dateien und Lizenzen werden jetzt gelöscht.`,
      'Rechnungen und das Audit-Protokoll werden so lange aufbewahrt, wie das Gesetz es verlangt.',
    ],
  }),
});
