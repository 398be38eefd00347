import { list, object, optionalText, pageLimit, text, UUID } from './arguments.ts';
import type { OperationGroup } from './types.ts';

const MAX_IDS = 100;

export const users: OperationGroup<'users'> = {
  'users.page': (session, { options }) => {
    session.need('users');
    const given = object(options, 'options');
    return session.services.members.page(session.tenant.id, {
      text: optionalText(given.text, 'text', 200, 0),
      limit: pageLimit(given.limit),
      cursor: optionalText(given.cursor, 'cursor', 1_000, 0),
    });
  },
  // A malformed id belongs to nobody.
  'users.find': (session, { ids }) => {
    session.need('users');
    const people = list(ids, 'ids', MAX_IDS).map((id) => text(id, 'an id', 100, 0).toLowerCase());
    return session.services.members.find(
      session.tenant.id,
      people.filter((id) => UUID.test(id)),
    );
  },
};
