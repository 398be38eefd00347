import { defineTemplate } from '../template.ts';

/** To every owner, when one of them has asked for the workspace to be deleted. */
export const workspaceDeletionPlannedTemplate = defineTemplate<
  'workspace-deletion-planned',
  { workspace: string; by: string; on: string; link: string }
>({
  name: 'workspace-deletion-planned',
  en: ({ workspace, by, on, link }) => ({
    subject: `The workspace ${workspace} will be deleted`,
    body: [
      `${by} asked for ${workspace} to be deleted. On ${on} all of its data, files and licences go, for all members.`,
      'Its subscriptions are not renewed any more. Until then every owner can undo it, and they go on.',
      { button: 'Keep the workspace', href: link },
    ],
  }),
  de: ({ workspace, by, on, link }) => ({
    subject: `Der Arbeitsbereich ${workspace} wird gelöscht`,
    body: [
      `${by} hat die Löschung von ${workspace} verlangt. Am ${on} werden alle Daten, Dateien und Lizenzen gelöscht, für alle Mitglieder.`,
      'Abonnements werden nicht mehr verlängert. Bis dahin kann jeder Inhaber es rückgängig machen; dann laufen sie weiter.',
      { button: 'Arbeitsbereich behalten', href: link },
    ],
  }),
});
