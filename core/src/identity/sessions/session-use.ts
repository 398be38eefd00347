import type { Database } from '../../data/index.ts';
import type { IdentityDependencies } from '../types.ts';

/** How exact "last used" is. */
const NOTED_EVERY_MS = 5 * 60_000;
/** However many sessions are noted in this time, they are one statement. */
const WRITTEN_EVERY_MS = 1_000;

/** A session as it is remembered; noting its use changes what is remembered of it. */
export interface UsedSession {
  readonly tenantId: string;
  readonly sessionId: string;
  lastUsedAt: number;
}

export interface SessionUse {
  /** For every request: a comparison, and once in five minutes a place on the list of what is written next. */
  note(session: UsedSession, at: number): void;
  /** Writes what is still on the list. */
  close(): Promise<void>;
}

// Of several nodes one is enough. What somebody else holds is being used at this very moment: it is noted by them, and
// nobody waits for it here.
const WRITE = `
  update core.sessions s set last_used_at = used.at
    from (select s.tenant_id, s.id, note.at
            from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) as note (tenant_id, id, at)
            join core.sessions s on s.tenant_id = note.tenant_id and s.id = note.id
           where s.last_used_at <= note.at - interval '${NOTED_EVERY_MS} milliseconds' and s.revoked_at is null
             for update of s skip locked) used
   where s.tenant_id = used.tenant_id and s.id = used.id`;

/** Keeps `last_used_at` of sessions: when their people were last active. Not waited for, not worth a refusal. */
export function createSessionUse(
  db: Pick<Database, 'platform'>,
  log: Pick<IdentityDependencies['log'], 'warn'>,
): SessionUse {
  let notes: { tenantId: string; sessionId: string; at: number }[] = [];
  let timer: NodeJS.Timeout | undefined;

  async function write(): Promise<void> {
    timer = undefined;
    const written = notes;
    notes = [];
    if (written.length === 0) return;
    const columns = [
      written.map(({ tenantId }) => tenantId),
      written.map(({ sessionId }) => sessionId),
      written.map(({ at }) => new Date(at)),
    ];
    try {
      await db.platform.query(WRITE, columns);
    } catch (error) {
      log.warn({ err: error, sessions: written.length }, 'the use of sessions could not be noted');
    }
  }

  return {
    note(session, at) {
      if (at - session.lastUsedAt < NOTED_EVERY_MS) return;
      session.lastUsedAt = at;
      const { tenantId, sessionId } = session;
      notes.push({ tenantId, sessionId, at });
      timer ??= setTimeout(() => void write(), WRITTEN_EVERY_MS).unref();
    },
    async close() {
      clearTimeout(timer);
      await write();
    },
  };
}
