import { defineTemplate } from '../template.ts';

/** Somebody is asked to join a workspace. */
export const invitationTemplate = defineTemplate<
  'invitation',
  { workspace: string; invitedBy: string; roles: string; link: string; days: number }
>({
  name: 'invitation',
  en: ({ workspace, invitedBy, roles, link, days }) => ({
    subject: `You are invited to ${workspace}`,
    body: [
      `${invitedBy} invites you to work in ${workspace}.`,
      { facts: [['Your roles', roles]] },
      { button: 'Accept the invitation', href: link },
      { note: `The link works once and for ${days} days. If you do not know ${workspace}, there is nothing to do.` },
    ],
  }),
  de: ({ workspace, invitedBy, roles, link, days }) => ({
    subject: `Sie sind zu ${workspace} eingeladen`,
    body: [
      `${invitedBy} lädt Sie ein, in ${workspace} mitzuarbeiten.`,
      { facts: [['Ihre Rollen', roles]] },
      { button: 'Einladung annehmen', href: link },
      { note: `Der Link gilt einmal und ${days} Tage lang. Falls Sie ${workspace} nicht kennen, ist nichts zu tun.` },
    ],
  }),
});
