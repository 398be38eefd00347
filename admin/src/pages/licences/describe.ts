import { formatDay } from '@bazaar/sdk/ui';
import type { PricingView } from '../../api/types.ts';
import { daysLeft, formatMoney } from '../format.ts';
import { priceText } from '../plugins/describe.ts';
import type { LicenceDetails, MeterView, OrphansView, PlatformLicenceView } from './types.ts';

export interface Meaning {
  title: string;
  /** What it means for those who work with it, and what comes next. */
  text: string;
  look: '' | 'success' | 'warning' | 'danger';
}

const PLANS: Readonly<Record<string, string>> = {
  'one-time': 'Bought once',
  monthly: 'Monthly',
  annual: 'Annual',
  standard: 'Standard',
};

export function planTitle({ plan, source }: Pick<LicenceDetails, 'plan' | 'source'>): string {
  if (source === 'operator') return 'Agreed with the operator of this platform';
  if (source.startsWith('offline:')) return 'Licence file';
  return plan === null ? '–' : (PLANS[plan] ?? plan);
}

function days(count: number): string {
  return count === 1 ? '1 day' : `${count} days`;
}

/** What the state of a licence means, in words. `pricing` is that of the plugin. */
export function meaningOf(
  licence: LicenceDetails | null,
  name: string,
  pricing: PricingView | null,
  now: number,
): Meaning {
  if (licence === null) {
    return { title: 'Not licensed', text: `Nobody here can use ${name} yet.`, look: '' };
  }
  const { state, validUntil, stages } = licence;
  const from = (stage: string) => {
    const found = stages.find((one) => one.state === stage);
    return found ? formatDay(found.from) : 'later';
  };
  switch (state) {
    case 'trial': {
      const left = validUntil === null ? 0 : daysLeft(validUntil, now);
      const price = priceText(pricing);
      const then = price === null ? 'Afterwards it needs a licence.' : `Afterwards it costs ${price}.`;
      return {
        title: `${days(left)} of the trial left`,
        text: `The trial ends on ${formatDay(validUntil ?? '')}. ${then} Nothing is charged by itself.`,
        look: left <= 3 ? 'warning' : '',
      };
    }
    case 'active':
      return validUntil === null
        ? { title: 'Licensed for ever', text: `${name} is yours. The licence never ends.`, look: 'success' }
        : { title: `Licensed until ${formatDay(validUntil)}`, text: 'Everything works.', look: 'success' };
    case 'grace':
      return {
        title: 'The licence has ended',
        text: `Everything still works until ${from('read-only')}. From then on nobody can change anything.`,
        look: 'warning',
      };
    case 'read-only':
      return {
        title: 'Reading only',
        text: `The licence has ended: everything can be seen, nothing changed. On ${from('suspended')} it is suspended.`,
        look: 'warning',
      };
    case 'suspended':
      return {
        title: 'Suspended',
        text: `Nobody can use it. Your data is kept, and what happens meanwhile is caught up with if you renew before ${from('expired')}.`,
        look: 'danger',
      };
    case 'expired':
      return { title: 'The licence has ended', text: 'Nobody can use it. Your data is kept.', look: 'danger' };
    case 'revoked':
      return {
        title: 'The licence was taken away',
        text: 'Nobody can use it. Your data is kept. Ask the operator of this platform why.',
        look: 'danger',
      };
    case 'none':
      return { title: 'Not licensed', text: `Nobody here can use ${name} yet.`, look: '' };
  }
}

/** `120 of 500 included` */
export function usedText({ used, included, cap, unitAmount }: MeterView): string {
  const number = new Intl.NumberFormat('en');
  if (cap !== null && cap <= included) return `${number.format(used)} of ${number.format(cap)}`;
  const included_ = `${number.format(used)} of ${number.format(included)} included`;
  if (cap !== null) return `${included_}, at most ${number.format(cap)}`;
  return unitAmount === null ? number.format(used) : included_;
}

/** What is to be expected of a meter by the end of its period. */
export function expectedText(meter: MeterView, currency: string): string {
  const { expected, included, amount, unitAmount, cap } = meter;
  const count = new Intl.NumberFormat('en').format(expected);
  if (cap !== null && expected >= cap) return `About ${count} by the end of the month: as many as there may be.`;
  if (amount > 0) return `About ${count} by the end of the month: ${formatMoney(amount, currency)} for those beyond.`;
  return expected > included && unitAmount === null
    ? `About ${count} by the end of the month.`
    : `About ${count} by the end of the month: included.`;
}

/** How full the bar of a meter is, in percent; against the cap where that is closer. */
export function fullness({ used, included, cap }: MeterView): number {
  const whole = cap !== null && (included === 0 || used > included) ? cap : included;
  return whole === 0 ? 0 : Math.min(100, Math.round((used / whole) * 100));
}

const ORPHAN_WORDS: Record<OrphansView['kind'], string> = {
  'plugin-missing': 'The plugin is not installed',
  'licence-missing': 'The workspace has no licence',
  'tenant-missing': 'The workspace is no more',
};

export function orphanText({ kind }: OrphansView): string {
  return ORPHAN_WORDS[kind];
}

/** What a licence rests on, in words. */
export function sourceText({ source, trialExtendedDays }: PlatformLicenceView): string {
  if (source === 'trial') return trialExtendedDays === 0 ? 'Trial' : `Trial, extended by ${days(trialExtendedDays)}`;
  if (source === 'operator') return 'Given by an operator';
  if (source.startsWith('offline:')) return 'Licence file';
  return source.startsWith('purchase:') ? 'Bought' : 'Subscription';
}
