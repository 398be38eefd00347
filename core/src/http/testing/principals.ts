import type { Principal } from '../../routes/index.ts';

export const UUID = '11111111-1111-4111-8111-111111111111';
/** May read the toy's things. */
export const ada: Principal = {
  tenant: { id: UUID, slug: 'acme', name: 'Acme' },
  user: { id: UUID, name: 'Ada', email: 'ada@acme.test', isOperator: false },
  sessionId: UUID,
  provenAt: 0,
  permissions: ['core:plugins.read', 'toy:things.read'],
};
/** An operator. */
export const root: Principal = { ...ada, user: { ...ada.user, isOperator: true } };
