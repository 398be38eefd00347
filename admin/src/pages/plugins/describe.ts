import { formatDay } from '@bazaar/sdk/ui';
import type { BlastRadius, LicenceView, PluginView, PricingView } from '../../api/types.ts';
import { daysLeft, formatMoney } from '../format.ts';

export interface Chip {
  text: string;
  look: '' | 'info' | 'success' | 'warning' | 'danger';
}

function days(count: number): string {
  return count === 1 ? '1 day' : `${count} days`;
}

const until = (validUntil: string | null) => (validUntil === null ? '' : ` until ${formatDay(validUntil)}`);

/** The licence in a few words. */
export function licenceChip({ state, validUntil }: LicenceView, now: number): Chip {
  switch (state) {
    case 'none':
      return { text: 'Not licensed', look: '' };
    case 'trial': {
      const left = validUntil === null ? 0 : daysLeft(validUntil, now);
      return { text: `Trial, ${days(left)} left`, look: left <= 3 ? 'warning' : 'info' };
    }
    case 'active':
      return { text: `Licensed${until(validUntil)}`, look: 'success' };
    case 'grace':
      return { text: 'Licence ended, grace period', look: 'warning' };
    case 'read-only':
      return { text: 'Licence ended, read-only', look: 'warning' };
    case 'suspended':
      return { text: 'Suspended', look: 'danger' };
    case 'expired':
      return { text: 'Licence ended', look: 'danger' };
    case 'revoked':
      return { text: 'Licence revoked', look: 'danger' };
  }
}

const UNUSABLE: ReadonlySet<string> = new Set(['suspended', 'expired', 'revoked']);

/** Whether and how the plugin runs here, in a few words; nothing for one that nobody has taken up. */
export function stateChip({ state, enabled, licence }: Pick<PluginView, 'state' | 'enabled' | 'licence'>): Chip | null {
  switch (state) {
    case 'failed':
      return { text: 'Cannot run', look: 'danger' };
    case 'quarantined':
      return { text: 'Stopped', look: 'danger' };
    case 'parked':
      return { text: 'Uninstalled', look: 'warning' };
    case 'inactive':
      return { text: 'Not installed', look: 'warning' };
    case 'draining':
      return { text: 'Being updated', look: 'info' };
    case 'active':
      break;
  }
  if (licence.state === 'none') return null;
  if (!enabled) return { text: 'Off', look: '' };
  // What nobody can use is not on; the licence says so.
  return UNUSABLE.has(licence.state) ? null : { text: 'On', look: 'success' };
}

export interface Notice {
  title: string;
  /** What it means and who can do something about it. */
  text: string;
  /** In the words of the platform. */
  reason: string | null;
  look: 'warning' | 'danger';
}

/** What an admin must know of a plugin that does not run; nothing for one that does. */
export function stateNotice({
  name,
  version,
  state,
  reason,
}: Pick<PluginView, 'name' | 'version' | 'state' | 'reason'>): Notice | null {
  switch (state) {
    case 'failed':
      return {
        title: `${name} cannot run at the moment`,
        text: 'Its data is kept. The operator of this platform has to mend it.',
        reason,
        look: 'danger',
      };
    case 'quarantined':
      return {
        title: `${name} ${version} was stopped`,
        text: 'It did harm. Its data is kept; the operator of this platform decides when it may run again.',
        reason,
        look: 'danger',
      };
    case 'parked':
      return {
        title: `${name} was uninstalled`,
        text: 'Its data is put aside for a while, and comes back when the operator of this platform restores it.',
        reason: null,
        look: 'warning',
      };
    case 'inactive':
      return {
        title: `${name} is not installed any more`,
        text: 'Its data is kept. The operator of this platform can install it again.',
        reason: null,
        look: 'warning',
      };
    case 'draining':
    case 'active':
      return null;
  }
}

/** `Bazaar · 1.0.0` */
export function byline({ publisher, version }: Pick<PluginView, 'publisher' | 'version'>): string {
  return publisher === '' ? version : `${publisher} · ${version}`;
}

/** `€29 a month or €278 a year`, with `for each seat` where it is; `null` for a plugin without a price. */
export function priceText(pricing: PricingView | null): string | null {
  if (!pricing) return null;
  const { currency, monthly, annual, oneTime, perSeat } = pricing;
  const parts = [
    monthly === undefined ? null : `${formatMoney(monthly, currency)} a month`,
    annual === undefined ? null : `${formatMoney(annual, currency)} a year`,
    oneTime === undefined ? null : `${formatMoney(oneTime, currency)} once`,
  ].filter((part) => part !== null);
  if (parts.length === 0) return null;
  return `${parts.join(' or ')}${perSeat ? ' for each seat' : ''}`;
}

function list(names: readonly string[]): string {
  return new Intl.ListFormat('en').format(names);
}

function counted(count: number, one: string, many: string): string | null {
  return count === 0 ? null : `${count} ${count === 1 ? one : many}`;
}

/** What a person must know before switching a plugin off. */
export function radiusText({ dependents, limited, surfaces }: BlastRadius): string {
  const gone = [
    counted(surfaces.screens, 'screen', 'screens'),
    counted(surfaces.widgets, 'widget', 'widgets'),
    counted(surfaces.pages, 'public page', 'public pages'),
  ].filter((part) => part !== null);
  const sentences = [
    gone.length > 0 ? `${list(gone)} disappear at once for everyone.` : 'It stops at once for everyone.',
    dependents.length > 0 ? `${list(dependents.map(({ name }) => name))} cannot work without it.` : '',
    limited.length > 0 ? `${list(limited.map(({ name }) => name))} will do less.` : '',
    'Its data is kept, and you can switch it on again.',
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

const CAPABILITIES: Readonly<Record<string, { title: string; icon: string }>> = {
  files: { title: 'Store and read files', icon: 'files' },
  documents: { title: 'Read the text of documents', icon: 'file-text' },
  tasks: { title: 'Ask people to do something', icon: 'list-checks' },
  users: { title: 'See who works here', icon: 'users' },
};

/** What a capability means to a person. */
export function capabilityTitle(capability: string): { title: string; icon: string } {
  const known = Object.hasOwn(CAPABILITIES, capability) ? CAPABILITIES[capability] : undefined;
  if (known) return known;
  const [kind, target = ''] = capability.split(/:(.*)/s);
  if (kind === 'http') return { title: `Connect to ${target}`, icon: 'globe' };
  if (kind === 'action') return { title: `Use ${target}`, icon: 'zap' };
  if (kind === 'event') return { title: `Learn of ${target}`, icon: 'bell' };
  return { title: capability, icon: 'puzzle' };
}
