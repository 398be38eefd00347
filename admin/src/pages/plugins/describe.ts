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

/** Whether and how the plugin runs here, in a few words; nothing for one that nobody has taken up. */
export function stateChip({ state, enabled, licence }: Pick<PluginView, 'state' | 'enabled' | 'licence'>): Chip | null {
  if (state === 'failed') return { text: 'Failed', look: 'danger' };
  if (state !== 'active') return { text: state === 'draining' ? 'Being updated' : 'Not running', look: 'warning' };
  if (licence.state === 'none') return null;
  return enabled ? { text: 'On', look: 'success' } : { text: 'Off', look: '' };
}

/** `€29 a month or €278 a year`; `null` for a plugin without a price. */
export function priceText(pricing: PricingView | null): string | null {
  if (!pricing) return null;
  const { currency, monthly, annual, oneTime } = pricing;
  const parts = [
    monthly === undefined ? null : `${formatMoney(monthly, currency)} a month`,
    annual === undefined ? null : `${formatMoney(annual, currency)} a year`,
    oneTime === undefined ? null : `${formatMoney(oneTime, currency)} once`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' or ');
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
