import { formErrors, problemMessage } from '@bazaar/sdk/ui';
import type { App } from '../../app/app.ts';
import type { ChangedView, Plan, SubscriptionView } from './types.ts';

/** Leaves for a page of the payment provider; what went wrong is said instead, unless `shown` takes it. */
async function leaveFor(
  app: App,
  work: () => Promise<string>,
  shown: (error: unknown) => boolean = () => false,
): Promise<void> {
  let url: string;
  try {
    url = await work();
  } catch (error) {
    if (!shown(error)) app.notify(problemMessage(error), 'error');
    return;
  }
  window.location.assign(url);
}

export interface Order {
  plugin: string;
  plan: Plan;
  seats?: number;
  promotionCode?: string;
}

/** To the page where the order is paid. Resolves with what is wrong with the promotion code, if it is that. */
export async function buy(app: App, { plan, ...order }: Order): Promise<string | null> {
  let refused: string | null = null;
  const begin = async () => {
    const [path, body] =
      plan === 'one-time'
        ? ['/api/billing/purchases', order]
        : ['/api/billing/subscriptions', { ...order, interval: plan }];
    return (await app.api.json<{ checkoutUrl: string }>('POST', path, { body })).checkoutUrl;
  };
  await leaveFor(app, begin, (error) => {
    refused = formErrors(error).get('/promotionCode') ?? null;
    return refused !== null;
  });
  return refused;
}

/** To the page where cards are changed and invoices paid. */
export function openPortal(app: App): Promise<void> {
  return leaveFor(app, async () => (await app.api.json<{ url: string }>('POST', '/api/billing/portal')).url);
}

/** Runs a change of a subscription; `true` when it was made. */
async function change(app: App, work: () => Promise<unknown>, done: string): Promise<boolean> {
  try {
    await work();
  } catch (error) {
    app.notify(problemMessage(error), 'error');
    return false;
  }
  app.notify(done, 'success');
  return true;
}

const pathOf = ({ id }: SubscriptionView) => `/api/billing/subscriptions/${encodeURIComponent(id)}`;

export async function cancel(app: App, subscription: SubscriptionView, name: string, until: string): Promise<boolean> {
  const agreed = await app.confirm({
    title: `Cancel ${name}?`,
    message: `You can use it until ${until}. Then it fades to read-only. Its data is kept, and you can come back.`,
    confirm: 'Cancel subscription',
    danger: true,
  });
  const work = () => app.api.json('POST', `${pathOf(subscription)}/cancel`);
  return agreed && change(app, work, `${name} ends on ${until}.`);
}

export function resume(app: App, subscription: SubscriptionView, name: string): Promise<boolean> {
  return change(app, () => app.api.json('POST', `${pathOf(subscription)}/resume`), `${name} goes on.`);
}

/** To the bank's page; `true` when there is nothing to confirm any more. */
export async function confirmChange(app: App, subscription: SubscriptionView, name: string): Promise<boolean> {
  try {
    const path = `${pathOf(subscription)}/change/confirm`;
    const { status, confirmation } = await app.api.json<ChangedView>('POST', path);
    if (confirmation?.url) {
      window.location.assign(confirmation.url);
      return false;
    }
    app.notify(status === 'changed' ? `${name} was changed.` : `${name} stays as it is.`, 'success');
  } catch (error) {
    app.notify(problemMessage(error), 'error');
  }
  return true;
}

export function keepPlan(app: App, subscription: SubscriptionView, name: string): Promise<boolean> {
  return change(app, () => app.api.json('POST', `${pathOf(subscription)}/change/withdraw`), `${name} stays as it is.`);
}
