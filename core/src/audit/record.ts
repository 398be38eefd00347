import type { JsonObject } from '@bazaar/sdk';
import type { Actor, CoreModels } from '../data/index.ts';
import { PLATFORM_TENANT, type RouteContext } from '../routes/index.ts';

/** Who is behind a change, and in which request. */
export interface AuditTrace {
  actor: Actor;
  requestId: string | null;
  /** Who sat at the command line, by their name on that machine; they are no user of the platform. */
  commandLine?: string;
}

export interface AuditedChange {
  tenantId: string;
  /** `<what>.<verb in the past>`, e.g. `licence.trial-started`. */
  action: string;
  /** The plugin the change is about. */
  pluginId?: string;
  entityId?: string;
  /** Never secrets, never whole documents. */
  detail?: JsonObject;
}

/** For work that nobody asked for in person: seeding, sweeps. */
export const SYSTEM_TRACE: AuditTrace = { actor: { kind: 'system', userId: null }, requestId: null };

/** The signed-in person of a request; on public routes a visitor; for the command line the platform itself. */
export function traceOf(context: RouteContext): AuditTrace {
  const { principal, ip, userAgent } = context;
  const isPlatform = principal?.tenant.id === PLATFORM_TENANT.id;
  const userId = isPlatform ? null : (principal?.user.id ?? null);
  const kind = isPlatform ? 'system' : userId === null ? 'visitor' : 'user';
  return {
    actor: {
      kind,
      userId,
      ip,
      userAgent,
      ...(principal?.impersonator === undefined ? {} : { impersonator: principal.impersonator }),
    },
    requestId: context.requestId,
    ...(isPlatform ? { commandLine: principal.user.name } : {}),
  };
}

/** Writes one line of the log with the models of the change's own transaction: both commit, or neither. */
export async function recordAudit(
  models: Pick<CoreModels, 'AuditEntry'>,
  trace: AuditTrace,
  change: AuditedChange,
): Promise<void> {
  const { actor, requestId, commandLine } = trace;
  await models.AuditEntry.create({
    tenantId: change.tenantId,
    actorKind: actor.kind,
    actorId: actor.userId,
    pluginId: change.pluginId ?? null,
    action: change.action,
    entityId: change.entityId ?? null,
    detail: {
      ...change.detail,
      ...(commandLine === undefined ? {} : { commandLine }),
      ...(actor.impersonator === undefined ? {} : { impersonator: actor.impersonator }),
    },
    requestId,
    ip: actor.ip ?? null,
    userAgent: actor.userAgent ?? null,
  });
}
