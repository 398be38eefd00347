import { type AuditTrace, recordAudit } from '../../audit/index.ts';
import { ApiError } from '../../errors/index.ts';
import { PLATFORM_TENANT } from '../../routes/index.ts';
import { type EndedSession, revokeImpersonationsOf } from '../sessions/sessions.ts';
import type { IdentityDependencies } from '../types.ts';
import { mailAddress } from './address-input.ts';

/** Says who operates the platform. One operator always stays. */
export function createOperators({ db, changes, now }: Pick<IdentityDependencies, 'db' | 'changes' | 'now'>) {
  return {
    /** Whether anything was to be changed. Who operates no longer acts as nobody any more, at once and on every node. */
    async set(given: string, operator: boolean, trace: AuditTrace): Promise<boolean> {
      const email = mailAddress(given);
      const done = await db.asPlatform(async (models): Promise<{ userId: string; ended: EndedSession[] } | null> => {
        // In one order, so that of two who go at the same time the second sees the first gone.
        const operators = await models.User.findAll({
          where: { isOperator: true, status: 'active' },
          order: [['id', 'asc']],
          attributes: ['id'],
          lock: true,
        });
        const user = await models.User.findOne({ where: { email, status: 'active' }, lock: true });
        if (!user) throw new ApiError('not-found', 'There is no such account.');
        if (user.isOperator === operator) return null;
        if (!operator && operators.length < 2) {
          throw new ApiError('conflict', 'The platform needs an operator. Make somebody else one first.', {
            reason: 'last-operator',
          });
        }
        await user.update({ isOperator: operator });
        const ended = operator ? [] : await revokeImpersonationsOf(models, user.id, trace, now());
        await recordAudit(models, trace, {
          tenantId: PLATFORM_TENANT.id,
          action: operator ? 'operator.added' : 'operator.removed',
          entityId: user.id,
        });
        return { userId: user.id, ended };
      });
      if (done === null) return false;
      await changes.announce('membership', { userId: done.userId });
      await Promise.all(done.ended.map((session) => changes.announce('session', session)));
      return true;
    },
  };
}

export type Operators = ReturnType<typeof createOperators>;
