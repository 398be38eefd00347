import type { Page } from '../../api/types.ts';
import type { App } from '../../app/app.ts';
import { readRoles } from './read-roles.ts';
import type { Invitation, MemberDetails, RoleView, Seats } from './types.ts';

/** What stands around the list of members. */
interface Around {
  roles: RoleView[];
  seats: Seats;
  invitations: Invitation[];
  /** The person who looks. */
  me: MemberDetails;
}

export async function readAround(app: App, ownId: string): Promise<Around> {
  const [roles, seats, invitations, me] = await Promise.all([
    readRoles(app),
    app.api.json<Seats>('GET', '/api/seats'),
    app.api.json<Page<Invitation>>('GET', '/api/invitations?limit=100'),
    app.api.json<MemberDetails>('GET', `/api/users/${ownId}`),
  ]);
  return { roles, seats, invitations: invitations.items, me };
}
