import { ApiError } from '../../errors/index.ts';

const BILLING = { label: 'Show billing', href: '/admin/billing' };

export const unknownPlugin = (plugin: string): ApiError => new ApiError('not-found', `There is no plugin "${plugin}".`);

export const alreadyOwned = (name: string): ApiError =>
  new ApiError('conflict', `You own ${name} already: its licence never ends.`, { reason: 'already-owned' });

export const alreadySubscribed = (name: string): ApiError =>
  new ApiError('conflict', `You have a subscription of ${name}. Change it, or cancel it first.`, {
    reason: 'already-subscribed',
    action: BILLING,
  });

export const busyOrder = (): ApiError =>
  new ApiError('conflict', 'An order of this plugin is being made at this moment. Look again in a few seconds.', {
    reason: 'order-under-way',
    action: BILLING,
  });

export const seatsTaken = (seats: number, taken: number): ApiError => {
  const message = `${taken} seats are taken. Release some before you go down to ${seats}.`;
  return new ApiError('conflict', message, { reason: 'seats-taken', errors: [{ pointer: '/seats', message }] });
};

export const unknownCode = (): ApiError => {
  const message = 'This code is not known, or does not count any more.';
  return new ApiError('invalid-input', message, {
    reason: 'promotion-code-unknown',
    errors: [{ pointer: '/promotionCode', message }],
  });
};

export const workspaceLeaving = (): ApiError =>
  new ApiError('conflict', 'This workspace is about to be deleted: nothing is bought or renewed before it is kept.', {
    reason: 'workspace-leaving',
    action: { label: 'Show the planned deletion', href: '/admin/privacy' },
  });

export const unknownSubscription = (): ApiError => new ApiError('not-found', 'There is no such subscription.');
export const unknownPurchase = (): ApiError => new ApiError('not-found', 'There is no such purchase.');
