import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { expect, vi } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { drawPng } from '../support/pictures.ts';
import { dataPackage, JOBS } from '../support/plugin-packages.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { startTestNode } from '../support/test-node.ts';
import { stagedPlugin, startPrivacy } from './stage.ts';

export const WITHIN = { timeout: 30_000, interval: 20 };
/** Tables that refer to each other, in both directions of the alphabet. */
const VISITS = `
  create table applications (tenant_id uuid not null default bazaar.current_tenant(), id uuid not null default gen_random_uuid(),
    job_id uuid not null, primary key (tenant_id, id),
    foreign key (tenant_id, job_id) references jobs (tenant_id, id));
  select bazaar.protect('applications');
  create table visits (tenant_id uuid not null default bazaar.current_tenant(), id uuid not null default gen_random_uuid(),
    job_id uuid not null, primary key (tenant_id, id),
    foreign key (tenant_id, job_id) references jobs (tenant_id, id));
  select bazaar.protect('visits');`;

interface RequestRow {
  state: string;
  attempts: number;
  subject: Buffer | null;
  certificate: string | null;
  reason: string | null;
}

interface LogRow {
  action: string;
  kind: string;
  entity: string;
  tenant: string;
  detail: object;
}

export function erasedIn(certificate: string | null | undefined): { what: string; count: number }[] {
  return (JSON.parse(certificate ?? '{}') as { totals: { erased: { what: string; count: number }[] } }).totals.erased;
}

/** A node with the routes of privacy, a worker, and two plugins that keep rows of people. */
export async function startPrivacyNode() {
  const test = await createTestDatabase({ licensed: true });
  const { database } = test;
  const folder = await mkdtemp(join(tmpdir(), 'bazaar-privacy-'));
  const sql = <Row extends object>(text: string, values: readonly unknown[] = []) =>
    database.platform.query<Row>(text, values);

  const asked: string[] = [];
  const install = async () => {
    const pkg = dataPackage([JOBS, VISITS]);
    const id = pkg.pluginId;
    await database.plugins.install(pkg);
    await sql('insert into core.plugins (id) values ($1) on conflict do nothing', [id]);
    return stagedPlugin(id, async (hook) => {
      asked.push(`${hook} ${id}`);
      return hook === 'exportPerson'
        ? { collections: [] }
        : { erased: [{ what: `Records of ${id}`, count: 1 }], kept: [] };
    });
  };
  const plugin = await install();
  const other = await install();
  let stage = startPrivacy(database, folder, [plugin, other]);
  const { routes } = stage.privacy;
  const node = await startTestNode(database, { dataDir: folder, routes: () => routes });
  stage.privacy.start();

  const requestOf = async (id: unknown) => {
    const { rows } = await sql<RequestRow>(
      'select state, attempts, subject, certificate, last_error as reason from core.privacy_requests where id = $1',
      [id],
    );
    return rows[0];
  };

  return {
    node,
    database,
    connection: test.connection,
    folder,
    plugin,
    other,
    sql,
    requestOf,
    /** Which hooks were called, of which plugin. */
    asked,
    get stage() {
      return stage;
    },
    /** Another worker in place of the one that was stopped. */
    restart(): void {
      stage = startPrivacy(database, folder, [plugin, other]);
      stage.privacy.start();
    },
    /** Rows of a tenant in a plugin that refer to each other. */
    async fill(pluginId: string, tenantId: string): Promise<void> {
      const admin = await test.admin();
      const schema = `p_${pluginId.replaceAll('-', '_')}`;
      await admin.query('begin');
      await admin.query(`select set_config('app.tenant_id', $1, true)`, [tenantId]);
      await admin.query(`insert into ${schema}.jobs (tenant_id, title) values ($1, 'One')`, [tenantId]);
      for (const table of ['applications', 'visits']) {
        await admin.query(
          `insert into ${schema}.${table} (tenant_id, job_id) select tenant_id, id from ${schema}.jobs where tenant_id = $1`,
          [tenantId],
        );
      }
      await admin.query('commit');
    },
    rowsOf: async (pluginId: string, tenantId: string) =>
      (await database.plugins.rows(pluginId, tenantId)).reduce((sum, { rows }) => sum + rows, 0),
    settled: (id: unknown, state = 'done') =>
      vi.waitFor(async () => expect((await requestOf(id))?.state).toBe(state), WITHIN),
    /** Nodes tell each other by message. */
    signedOut: (token: string) =>
      vi.waitFor(async () => expect((await node.call('GET', '/api/me', { token })).status).toBe(401), WITHIN),
    /** The lists in an archive by their place in it. */
    async archiveOf(id: unknown, token: string): Promise<Map<string, unknown>> {
      const archive = await fetch(`${node.url}/api/privacy/archives/${id}`, {
        headers: { Authorization: `Bearer ${token}` },
      });
      const zip = await fromBufferPromise(Buffer.from(await archive.arrayBuffer()));
      const contents = new Map<string, unknown>();
      for await (const entry of zip.eachEntry()) {
        if (entry.fileName.endsWith('.json')) {
          contents.set(entry.fileName, await json(await zip.openReadStreamPromise(entry)));
        }
      }
      return contents;
    },
    /** Gives somebody a picture, or their workspace a logo. */
    async pictured(token: string, path = '/api/me/picture'): Promise<string> {
      const file = new Blob([drawPng(20, 20)], { type: 'image/png' });
      const { body } = await node.call('PUT', path, { token, file });
      return String(body.picture ?? body.logo);
    },
    isShown: async (path: string) => (await fetch(`${node.url}${path}`)).ok,
    /** Who did what, as the log has it: each action belongs to a known request, and none names people or links. */
    async logged(): Promise<Record<string, string>> {
      const { rows } = await sql<LogRow>(
        `select action, actor_kind as kind, entity_id as entity, tenant_id as tenant, detail from core.audit_log
           where action ~ '^(privacy[.]|tenant[.]delet)'`,
      );
      expect(JSON.stringify(rows.map(({ detail }) => detail))).not.toMatch(/@|[\w-]{40}/);
      const requests = await sql<{ id: string; tenant: string }>(
        'select id, tenant_id as tenant from core.privacy_requests',
      );
      const known = new Map(requests.rows.map(({ id, tenant }) => [id, tenant]));
      for (const { action, entity, tenant, detail } of rows) {
        const isOver = action === 'tenant.deleted';
        const request = isOver ? (detail as { request: string }).request : entity;
        expect([action, known.has(request)]).toEqual([action, true]);
        // Nobody reads the log of a workspace that is gone: its end stands in the platform's own.
        if (isOver) expect([tenant, entity]).toEqual(['00000000-0000-0000-0000-000000000000', known.get(request)]);
      }
      return Object.fromEntries(rows.map(({ action, kind }) => [action, kind]));
    },
    async close(): Promise<void> {
      await stage.privacy.stop();
      await node.close();
      await test.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type PrivacyNode = Awaited<ReturnType<typeof startPrivacyNode>>;
