import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonObject } from '@bazaar/sdk';
import type { PluginDatabase, PluginDataPackage, PluginUnitOfWork } from '../../src/data/index.ts';

/** On top of `JOBS`. */
export const APPLICATIONS = `
  create table applications (tenant_id uuid not null default bazaar.current_tenant(), id uuid not null default
    gen_random_uuid(), job_id uuid not null, note text, primary key (tenant_id, id),
    foreign key (tenant_id, job_id) references jobs (tenant_id, id));
  select bazaar.protect('applications');
  create index applications_job on applications (tenant_id, job_id);`;

export const QUERIES: PluginDataPackage['queries'] = [
  { name: 'jobs', sql: 'select * from jobs order by created_at desc limit 5' },
  { name: 'joined', sql: 'select a.*, j.title from applications a join jobs j on j.id = a.job_id limit 5' },
  { name: 'add', sql: 'insert into jobs (title) values (:title) returning *' },
  { name: 'touch', sql: 'update jobs set tags = tags || :tag::text where id = :id returning *' },
  { name: 'drop', sql: 'delete from applications a where id = :id returning a.*' },
];

const JOB = ['tenantId', 'id', 'title', 'salaryMax', 'level', 'tags', 'createdAt'].sort().join();
const APPLICATION = ['tenantId', 'id', 'jobId', 'note'].sort().join();

const shapes = (rows: readonly JsonObject[]) => [...new Set(rows.map((row) => Object.keys(row).sort().join()))];

/** The old version at work: reads and writes on several connections until told to stop. */
export class Serving {
  readonly errors: unknown[] = [];
  readonly strange: string[] = [];
  rounds = 0;
  #stopped = false;
  readonly #workers: Promise<void>[];

  constructor(nodes: readonly PluginDatabase[], tenants: readonly string[]) {
    this.#workers = Array.from({ length: 8 }, (_, index) => {
      const plugin = nodes[index % nodes.length];
      if (!plugin) throw new Error('no node');
      const unit = (readOnly: boolean) =>
        plugin.open({
          tenantId: tenants[index % 2] ?? '',
          readOnly,
          actor: { kind: 'system', userId: null },
          requestId: 'r',
        });
      return this.#work(unit, Math.floor(index / nodes.length));
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#workers);
  }

  async #work(unit: (readOnly: boolean) => PluginUnitOfWork, kind: number): Promise<void> {
    while (!this.#stopped) {
      try {
        await (kind === 0 ? this.#read(unit(true)) : this.#write(unit(false), kind));
        this.rounds++;
      } catch (error) {
        this.errors.push(error);
      }
    }
  }

  #check(rows: readonly JsonObject[], shape: string): JsonObject {
    for (const seen of shapes(rows)) if (seen !== shape) this.strange.push(seen);
    return rows[0] ?? {};
  }

  async #read(unit: PluginUnitOfWork): Promise<void> {
    const [jobs, joined] = await Promise.all([
      unit.query('jobs', {}),
      unit.query('joined', {}),
      unit.count('jobs', {}),
    ]);
    this.#check(jobs, JOB);
    this.#check(joined, `${APPLICATION},title`.split(',').sort().join());
    this.#check((await unit.page('jobs', { limit: 3 })).items, JOB.replace(',tenantId', ''));
  }

  /** Some hold both tables while they pause, some only the one: what deadlocks with a migration that waits for both. */
  async #write(unit: PluginUnitOfWork, kind: number): Promise<void> {
    try {
      const job = this.#check(await unit.query('add', { title: 'Engineer' }), JOB);
      const id = job.id ?? null;
      const apply = async () => {
        const [application = {}] = await unit.insert('applications', [{ jobId: id }]);
        this.#check([application], APPLICATION.replace(',tenantId', ''));
        if (kind === 3) this.#check(await unit.query('drop', { id: application.id ?? null }), APPLICATION);
      };
      if (kind % 2 === 0) await apply();
      await sleep(Math.random() * 20);
      this.#check(await unit.query('touch', { id, tag: 'x' }), JOB);
      if (kind % 2 === 1) await apply();
      await unit.commit();
    } finally {
      await unit.rollback();
    }
  }
}
