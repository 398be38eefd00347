import type { PersonExport } from '@bazaar/sdk';
import type { Database } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { FileStore } from '../../files/index.ts';
import type { Log } from '../../logging/index.ts';
import type { PluginCalls, PluginRegistry } from '../../plugins/index.ts';
import type { PartErasure, PartExport, Person, Workspace } from '../types.ts';
import { COUNT_ONLY, Collected, type RecordKeeper } from './collected.ts';
import { readErasure, readExport } from './plugin-answers.ts';
import { forgetTraces } from './traces.ts';

export interface PluginPeopleOptions {
  db: Pick<Database, 'platform'> & { plugins: Pick<Database['plugins'], 'rows'> };
  plugins: Pick<PluginRegistry, 'all' | 'statuses' | 'use' | 'manifest'>;
  calls: Pick<PluginCalls, 'privacy'>;
  files: Pick<FileStore, 'delete'>;
  log: Log;
}

/** Chains of plugins that make something of each other's files are not longer. */
const MOST_ROUNDS = 4;
/** What one plugin may tell of one person in one tenant: far more than honest ones know. */
const MOST_CHARACTERS = 256 * 1024 * 1024;
const MOST_MS = 10 * 60_000;

/** A plugin that keeps rows of a tenant, or could. */
export interface KeepingPlugin {
  id: string;
  name: string;
  /** Whether it can be asked now, and if not, why. */
  state: 'ready' | 'waiting' | 'undeclared';
  reason?: string;
}

/** What plugins are asked: what they know of a person in one workspace. */
export interface Inquiry {
  workspace: Workspace;
  person: Person;
  /** Files that are known to be about the person. */
  files: readonly string[];
  requestId: string;
}

function notAsked(result: PartErasure, { state, reason }: KeepingPlugin): PartErasure {
  const how = state === 'undeclared' ? 'undeclared' : 'waiting';
  return { ...result, erased: [], kept: [], state: how, ...(reason === undefined ? {} : { reason }) };
}

/** What plugins know of people: asked whatever the tenant's licences and switches. */
export class PluginPeople {
  readonly #options: PluginPeopleOptions;

  constructor(options: PluginPeopleOptions) {
    this.#options = options;
  }

  /** Those that keep data of the tenant, in the order in which they depend on one another. */
  async keeping({ id: tenantId }: Workspace): Promise<KeepingPlugin[]> {
    const { db, plugins } = this.#options;
    const serving = plugins.all(tenantId);
    const order = new Map(serving.map(({ manifest }, index) => [manifest.id, index]));
    const { rows } = await db.platform.query<{ id: string }>('select id from core.plugins order by id');
    const found: KeepingPlugin[] = [];
    for (const { id } of rows) {
      const manifest = plugins.manifest(id, tenantId);
      const name = manifest?.name ?? id;
      if (order.has(id) && manifest?.privacy?.erase && manifest.privacy.export) {
        found.push({ id, name, state: 'ready' });
        continue;
      }
      const kept = (await db.plugins.rows(id, tenantId)).some((table) => table.rows > 0);
      if (!kept) continue;
      if (order.has(id)) found.push({ id, name, state: 'undeclared' });
      else {
        const reason = plugins.statuses(tenantId).find((status) => status.id === id)?.reason;
        found.push({ id, name, state: 'waiting', reason: reason ?? 'It is not running.' });
      }
    }
    const place = ({ id }: KeepingPlugin) => order.get(id) ?? Number.MAX_SAFE_INTEGER;
    return found.toSorted((one, other) => place(one) - place(other));
  }

  /**
   * All that the plugins which can be asked know, and the files they name. They are asked until nobody names another
   * file: what one made of a file of another can be found only once the other has named it. One that fails keeps nobody
   * else from being asked; it is to be waited for.
   */
  async export(inquiry: Inquiry, keeper: RecordKeeper = COUNT_ONLY) {
    let keeping = await this.keeping(inquiry.workspace);
    const files = new Set(inquiry.files);
    const parts = new Map<string, PartExport>();
    for (let round = 1, before = -1; files.size > before && round <= MOST_ROUNDS; round++) {
      before = files.size;
      for (const plugin of keeping) {
        if (plugin.state !== 'ready') continue;
        try {
          const part = await this.#ask(plugin, { ...inquiry, files: [...files] }, keeper);
          for (const id of part.files) files.add(id);
          parts.set(plugin.id, part);
        } catch (error) {
          const waiting = this.#failed(plugin, error, inquiry.requestId);
          keeping = keeping.map((one) => (one.id === plugin.id ? waiting : one));
          parts.delete(plugin.id);
        }
      }
    }
    return { keeping, parts, files: [...files] };
  }

  /** Broken or hostile: the same to whoever waits. */
  #failed(plugin: KeepingPlugin, error: unknown, requestId: string): KeepingPlugin {
    this.#options.log.error({ err: error, plugin: plugin.id, requestId }, 'a plugin failed when asked about a person');
    return { ...plugin, state: 'waiting', reason: 'It failed when it was asked.' };
  }

  /** Part by part, until there is no more. */
  async #ask(plugin: KeepingPlugin, inquiry: Inquiry, keeper: RecordKeeper): Promise<PartExport> {
    const { plugins, calls } = this.#options;
    const { workspace, requestId } = inquiry;
    const collected = new Collected(keeper);
    const files = new Set<string>();
    const until = performance.now() + MOST_MS;
    let cursor: string | undefined;
    do {
      if (collected.size > MOST_CHARACTERS || performance.now() > until) throw new Error('"exportPerson" does not end');
      const person = { ...inquiry.person, files: inquiry.files, ...(cursor === undefined ? {} : { cursor }) };
      let answer: PersonExport = { collections: [] };
      await plugins.use(plugin.id, workspace.id, (serving) =>
        calls.privacy(serving, workspace, {
          hook: 'exportPerson',
          person,
          requestId,
          async accept(value) {
            answer = readExport(value);
          },
        }),
      );
      if (answer.nextCursor !== undefined && answer.nextCursor === cursor) {
        throw new Error('"exportPerson" named the same place twice');
      }
      for (const list of answer.collections) await collected.add(list);
      for (const id of answer.files ?? []) files.add(id);
      cursor = answer.nextCursor;
    } while (cursor !== undefined);
    return { part: plugin.id, title: plugin.name, collections: collected.lists, files: [...files] };
  }

  /**
   * Files and traces in the platform's own tables go before the plugin's rows: until these have gone it names them again.
   * Says `waiting` of one that can not be asked, or fails.
   */
  async erase(plugin: KeepingPlugin, { workspace, person, files, requestId }: Inquiry): Promise<PartErasure> {
    const { plugins, calls, db } = this.#options;
    const result: PartErasure = {
      tenant: workspace.slug,
      part: plugin.id,
      title: plugin.name,
      state: 'done',
      erased: [],
      kept: [],
    };
    if (plugin.state !== 'ready') return notAsked(result, plugin);
    const work = () =>
      plugins.use(plugin.id, workspace.id, (serving) =>
        calls.privacy(serving, workspace, {
          hook: 'erasePerson',
          person: { ...person, files },
          requestId,
          accept: async (answer) => {
            const { erased, kept, files: named = [], ids = [] } = readErasure(answer);
            for (const id of named) await this.#deleteFile(workspace.id, plugin.id, id);
            await forgetTraces(db.platform, workspace.id, plugin.id, ids);
            result.erased = erased.filter(({ count }) => count > 0);
            result.kept = kept.filter(({ count }) => count > 0);
          },
        }),
      );
    try {
      await work();
      return result;
    } catch (error) {
      return notAsked(result, this.#failed(plugin, error, requestId));
    }
  }

  async #deleteFile(tenantId: string, pluginId: string, id: string): Promise<void> {
    try {
      await this.#options.files.delete({ tenantId, pluginId, userId: null }, id);
    } catch (error) {
      // Gone in an attempt before this one, or never its own.
      if (!(error instanceof ApiError) || (error.code !== 'not-found' && error.code !== 'forbidden')) throw error;
    }
  }
}
