import type { CoreModels, Database, HeldLock } from '../../data/index.ts';
import { FailureLog } from '../../logging/index.ts';
import { queueMail } from '../../mail/index.ts';
import type { LicensingDependencies } from '../dependencies.ts';
import type { LicencePolicy } from '../evaluate.ts';
import type { LicenceWriter } from '../licence-writer.ts';
import { dueNotices, type Notice, noticeOffsets, noticeSpan, noticesOf } from './due-notices.ts';
import { LONGEST_PAUSE_MS, NextLook, pauseUntil } from './next-look.ts';
import { raiseTask } from './notice-task.ts';

const LOCK = 'licence-notices';
const BATCH = 200;
/** After a change, of which several often come together, and after a look of another node, which may have been too early. */
const SOON_MS = 1_000;

interface Candidate {
  tenantId: string;
  slug: string;
  workspace: string;
  plugin: string;
  kind: string;
  source: string;
  expiresAt: Date;
  /** The stages of this end that have been announced. */
  said: string[];
}

interface Admin {
  id: string;
  email: string;
  name: string;
  locale: 'en' | 'de';
}

/** Licences that may have notices left to send. */
const CANDIDATES = `
  select l.tenant_id as "tenantId", t.slug, t.name as workspace, l.plugin_id as plugin, l.kind, l.source,
         l.expires_at as "expiresAt",
         array(select n.stage from core.licence_notices n
                where n.tenant_id = l.tenant_id and n.plugin_id = l.plugin_id
                  and n.ends_at = date_trunc('milliseconds', l.expires_at)) as said
    from core.licences l join core.tenants t on t.id = l.tenant_id
   where l.revoked_at is null and t.deleted_at is null and t.suspended_at is null
     and l.expires_at <= $1::timestamptz + make_interval(days => $2)
     and l.expires_at > $1::timestamptz - make_interval(days => $3 + 7)
     and (l.tenant_id, l.plugin_id) > ($4::uuid, $5)
   order by l.tenant_id, l.plugin_id limit ${BATCH}`;

/** Revocations that were scheduled and have taken effect. */
const REVOKED = `
  insert into core.licence_notices (tenant_id, plugin_id, stage, ends_at)
    select tenant_id, plugin_id, 'revoked', revoked_at from core.licences
     where revoked_at <= $1 and revoked_at > $1::timestamptz - interval '1 day'
    on conflict do nothing returning tenant_id as "tenantId", plugin_id as plugin`;

const ADMINS = `
  select distinct u.id, u.email, u.name, u.locale
    from core.memberships m
    join core.membership_roles r on r.tenant_id = m.tenant_id and r.user_id = m.user_id
    join core.users u on u.id = m.user_id
   where m.tenant_id = $1 and m.status = 'active' and u.status = 'active' and r.role in ('owner', 'admin')
     and u.preferences #> '{notifications,licences}' is distinct from 'false'::jsonb`;

/**
 * Announces the stages of licences that end: to browsers at once, to admins by e-mail and task, each once across nodes
 * and restarts. It only announces: what a licence allows is evaluated when somebody asks.
 */
export class Announcer {
  readonly #deps: LicensingDependencies & { db: Pick<Database, 'asPlatform' | 'platform' | 'locks'> };
  readonly #writer: Pick<LicenceWriter, 'announce'>;
  readonly #failureLog: FailureLog;
  readonly #next = new NextLook(() => this.#turn());
  readonly #unlisten: (() => void)[] = [];
  #stopped = false;

  constructor(deps: LicensingDependencies, writer: Pick<LicenceWriter, 'announce'>) {
    this.#deps = deps;
    this.#writer = writer;
    this.#failureLog = new FailureLog(deps.log, 'the ends of licences cannot be announced');
  }

  start(): void {
    // The next boundary may be earlier now.
    const soon = (): void => this.#next.within(SOON_MS);
    const { changes } = this.#deps;
    this.#unlisten.push(changes.listen('licence', soon, soon), changes.listen('tenant', soon, soon));
    this.#next.within(0);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const stop of this.#unlisten.splice(0)) stop();
    await this.#next.stop();
  }

  /** Sends the notices that are due. Resolves with `false`, having done nothing, while another node is at it. */
  async look(): Promise<boolean> {
    const lock = await this.#deps.db.locks.tryAcquire(LOCK);
    if (!lock) return false;
    try {
      await this.#announceRevoked();
      await this.#announceStages(lock);
      await this.#keepTime();
      return true;
    } finally {
      await lock.release();
    }
  }

  async #turn(): Promise<void> {
    let pause = LONGEST_PAUSE_MS;
    await this.#failureLog.attempt(async () => {
      const begun = this.#deps.now();
      pause = (await this.look()) ? pauseUntil(await this.#nextAfter(begun), this.#deps.now()) : SOON_MS;
    });
    this.#next.within(pause);
  }

  /** When the next notice is due; that may have passed while this look took place. */
  async #nextAfter(moment: Date): Promise<Date | null> {
    const { rows } = await this.#deps.db.platform.query<{ next: Date | null }>(
      `select least(
         (select min(next) from unnest($2::int[]) offset_days cross join lateral (
            select l.expires_at + make_interval(days => offset_days) as next from core.licences l
             where l.revoked_at is null and l.expires_at > $1::timestamptz - make_interval(days => offset_days)
             order by l.expires_at limit 1) nearest),
         (select min(revoked_at) from core.licences where revoked_at > $1)) as next`,
      [moment, noticeOffsets(this.#deps.policy)],
    );
    return rows[0]?.next ?? null;
  }

  async #announceRevoked(): Promise<void> {
    const { rows } = await this.#deps.db.platform.query<{ tenantId: string; plugin: string }>(REVOKED, [
      this.#deps.now(),
    ]);
    for (const { tenantId, plugin } of rows) await this.#writer.announce(tenantId, plugin);
  }

  async #announceStages(lock: HeldLock): Promise<void> {
    const { db, policy, now } = this.#deps;
    const { before, after } = noticeSpan(policy);
    let place = ['00000000-0000-0000-0000-000000000000', ''];
    for (;;) {
      const { rows } = await db.platform.query<Candidate>(CANDIDATES, [now(), before, after, ...place]);
      for (const candidate of rows) {
        if (this.#stopped || lock.lost.aborted) return;
        await this.#announceOne(candidate, policy);
      }
      const last = rows.at(-1);
      if (!last || rows.length < BATCH) return;
      place = [last.tenantId, last.plugin];
    }
  }

  async #announceOne(candidate: Candidate, policy: LicencePolicy): Promise<void> {
    const { db, realtime, mailer } = this.#deps;
    const { tenantId, plugin } = candidate;
    const notices = noticesOf(candidate, policy);
    const { come, told } = dueNotices(notices, this.#deps.now());
    if (come.every(({ stage }) => candidate.said.includes(stage))) return;
    const fresh = await db.asPlatform(async (models) => {
      const recorded = await this.#record(models, candidate, come);
      if (told && recorded.has(told.stage)) await this.#tell(models, candidate, told, notices);
      return recorded;
    });
    if (fresh.size === 0) return;
    await this.#writer.announce(tenantId, plugin);
    if (told && fresh.has(told.stage)) {
      realtime.publish({ tenantId, event: 'task.changed', payload: {} });
      mailer.wake();
    }
  }

  /** Records the stages, and resolves with those that had not been announced before. */
  async #record(models: CoreModels, candidate: Candidate, come: readonly Notice[]): Promise<Set<string>> {
    const { tenantId, plugin: pluginId, expiresAt: endsAt } = candidate;
    const known = await models.LicenceNotice.findAll({ where: { tenantId, pluginId, endsAt } });
    const fresh = come.filter(({ stage }) => !known.some((notice) => notice.stage === stage));
    await models.LicenceNotice.bulkCreate(fresh.map(({ stage }) => ({ tenantId, pluginId, stage, endsAt })));
    return new Set(fresh.map(({ stage }) => stage));
  }

  async #tell(models: CoreModels, candidate: Candidate, notice: Notice, notices: readonly Notice[]): Promise<void> {
    const { db, plugins, mailer, now } = this.#deps;
    const { tenantId, plugin, workspace, expiresAt } = candidate;
    const { stage } = notice;
    if (stage === 'expired' || stage === 'revoked') return;
    const name = plugins.manifest(plugin, tenantId)?.name ?? plugin;
    const next = notices.find(({ at }) => at > notice.at)?.at ?? expiresAt;
    await raiseTask(models, { tenantId, plugin, name, stage, next, now: now() });
    const { rows: admins } = await db.platform.query<Admin>(ADMINS, [tenantId]);
    for (const { id, email, name: person, locale } of admins) {
      await queueMail(models, {
        template: 'licence-notice',
        to: { email, name: person },
        locale,
        tenantId,
        values: {
          stage,
          plugin: name,
          workspace,
          next: next.toISOString(),
          link: `${mailer.publicOrigin()}/admin/plugins/${plugin}?tab=licence`,
        },
        key: `licence:${tenantId}:${plugin}:${stage}:${expiresAt.toISOString()}:${id}`,
      });
    }
  }

  /** So that an offline licence does not last longer when the clock is put back. */
  async #keepTime(): Promise<void> {
    await this.#deps.db.platform.query(
      `update core.licence_clock set reached = $1 where reached < $1::timestamptz - interval '1 minute'`,
      [this.#deps.now()],
    );
  }
}
