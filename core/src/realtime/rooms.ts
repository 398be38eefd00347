import type { Principal } from '../routes/index.ts';
import type { RealtimeMessage } from './types.ts';

/** Every room a signed-in person's sockets are in. */
export function roomsOf(principal: Principal): string[] {
  const { tenant, user, permissions } = principal;
  return [
    `tenant:${tenant.id}`,
    `user:${user.id}`,
    `session:${principal.sessionId}`,
    ...permissions.map((permission) => `permission:${tenant.id}:${permission}`),
  ];
}

/** The one room whose sockets receive a message. */
export function roomOf(message: Pick<RealtimeMessage, 'tenantId' | 'permission'>): string {
  return message.permission === undefined
    ? `tenant:${message.tenantId}`
    : `permission:${message.tenantId}:${message.permission}`;
}
