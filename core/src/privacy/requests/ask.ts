import { type AuditTrace, recordAudit } from '../../audit/index.ts';
import { type CoreModels, isDuplicate, type PrivacyRequest } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { Sealer } from '../../secrets/index.ts';
import type { Person } from '../types.ts';
import type { Kind } from './store.ts';
import { openSubject, sealSubject } from './subject.ts';

export interface NewRequest {
  tenantId: string;
  kind: Kind;
  scope: 'account' | 'tenant';
  person: Person | null;
  requestedBy: string;
  /** Absent: at once. */
  dueAt?: Date;
}

const ACTION: Record<Kind, string> = {
  export: 'privacy.export-requested',
  erasure: 'privacy.erasure-requested',
  'tenant-deletion': 'tenant.deletion-requested',
};

const WORKING = ['scheduled', 'queued', 'running', 'waiting'];
/** Of one tenant, under way at the same time. */
const MOST_OPEN = 20;

/** Writes a request down, with `models` of the platform. Refuses a second one of the same kind about the same person. */
export async function ask(
  models: Pick<CoreModels, 'PrivacyRequest' | 'AuditEntry' | 'Tenant'>,
  sealer: Sealer,
  { tenantId, kind, scope, person, requestedBy, dueAt }: NewRequest,
  trace: AuditTrace,
): Promise<PrivacyRequest> {
  // In line: the limit holds for several at once.
  await models.Tenant.findByPk(tenantId, { lock: true, attributes: ['id'] });
  const open =
    scope === 'tenant' ? await models.PrivacyRequest.findAll({ where: { tenantId, scope, state: WORKING } }) : [];
  if (open.length >= MOST_OPEN) {
    throw new ApiError('conflict', 'Wait until some of the requests under way have ended.', {
      reason: 'too-many-open',
    });
  }
  // Whom a request is about is sealed: the database could not tell that there are two.
  const isAsked = open.some((one) => one.kind === kind && openSubject(sealer, one.subject)?.email === person?.email);
  if (person && isAsked) throw underWay();
  try {
    const request = await models.PrivacyRequest.create({
      tenantId,
      kind,
      scope,
      subject: person && sealSubject(sealer, person),
      subjectUser: scope === 'account' ? (person?.userId ?? null) : null,
      requestedBy,
      ...(dueAt === undefined ? {} : { state: 'scheduled' as const, dueAt }),
    });
    await recordAudit(models, trace, {
      tenantId,
      action: ACTION[kind],
      entityId: request.id,
      detail: { scope, ...(dueAt === undefined ? {} : { dueAt: dueAt.toISOString() }) },
    });
    return request;
  } catch (error) {
    throw isDuplicate(error) ? underWay() : error;
  }
}

function underWay(): ApiError {
  return new ApiError('conflict', 'This has been asked for already and is under way.', { reason: 'under-way' });
}

/** Takes back what was asked for and has not begun. Whether there was such a request. */
export async function withdraw(
  models: Pick<CoreModels, 'PrivacyRequest' | 'AuditEntry'>,
  where: { tenantId: string; kind: Kind } | { subjectUser: string; kind: Kind; scope: 'account' },
  trace: AuditTrace,
  now: Date,
): Promise<boolean> {
  const request = await models.PrivacyRequest.findOne({ where: { ...where, state: 'scheduled' }, lock: true });
  if (!request) return false;
  await request.update({ state: 'cancelled', subject: null, finishedAt: now });
  await recordAudit(models, trace, {
    tenantId: request.tenantId,
    action: request.kind === 'tenant-deletion' ? 'tenant.deletion-undone' : 'privacy.request-cancelled',
    entityId: request.id,
  });
  return true;
}
