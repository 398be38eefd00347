import { formatDay } from '@bazaar/sdk/ui';
import { html, nothing } from 'lit';
import type { FadingLicence, ShellData } from '../api/types.ts';

const MEANING: Readonly<Record<FadingLicence['state'], (until: string) => string>> = {
  grace: (until) => `Everything still works until ${until}. From then on nobody can change anything.`,
  'read-only': (until) => `You can see everything, but change nothing. On ${until} it is suspended.`,
  suspended: (until) =>
    `Nobody can use it. Its data is kept, and what happens meanwhile is caught up with if it is renewed before ${until}.`,
};

/** That the licence of a plugin has ended, and what that means. */
export function fadingText({ name, state, until }: FadingLicence): string {
  return `The licence of ${name} has ended. ${MEANING[state](formatDay(until))}`;
}

/** Where somebody renews a licence; who may not learns whom to ask. */
export function wayToRenew({ user }: ShellData, plugin: string) {
  const may = (permission: string) => user.permissions.includes(permission);
  if (may('core:plugins.read')) {
    const tab = may('core:billing.manage') ? 'plans' : 'licence';
    return html`<a href="/admin/plugins/${plugin}?tab=${tab}">${tab === 'plans' ? 'Renew it' : 'Show the licence'}</a>`;
  }
  return may('core:billing.manage')
    ? html`<a href="/admin/billing">Show billing</a>`
    : html`<span>An administrator can renew it.</span>`;
}

/** Above every page of a plugin whose licence fades. There before there is anything to say, so that it is read out. */
export function licenceNotice(shell: ShellData, plugin: string | null) {
  const licence = shell.fading?.find((one) => one.plugin === plugin && one.state !== 'suspended');
  return html`<div class="licence" role="status">
    ${
      licence
        ? html`<div class="banner warning">
            <bazaar-icon name="triangle-alert"></bazaar-icon>
            <div class="row"><span>${fadingText(licence)}</span> ${wayToRenew(shell, licence.plugin)}</div>
          </div>`
        : nothing
    }
  </div>`;
}
