import { object, text } from './arguments.ts';
import type { OperationGroup } from './types.ts';

export const actions: OperationGroup<'actions'> = {
  'actions.call': (session, { action, input }) =>
    session.actions.call(session, text(action, 'the name of an action', 200), object(input, 'input')),
  'actions.available': (session, { action }) =>
    session.actions.available(session, text(action, 'the name of an action', 200)),
};
