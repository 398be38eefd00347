import { type Attack, NOTHING_REACHED } from '../support/attack.ts';

const ATTEMPT = `const { own, other } = input.known;
  const reached = [];
  const attempt = async (what, work) => {
    try {
      const found = await work();
      if (Array.isArray(found) ? found.length > 0 : found) reached.push(what + ': ' + JSON.stringify(found));
    } catch {}
  };
`;
const wants = (...capabilities: string[]) =>
  capabilities.map((capability) => ({ capability, reason: 'Because it wants to' }));

/** What belongs to other plugins and to the kernel. */
export const OTHERS: readonly Attack[] = [
  {
    name: 'foreign-tables',
    tries: 'tables of the kernel, of the database and of another plugin',
    run: `${ATTEMPT}
      for (const table of ['secrets', 'p_vault.secrets', '"p_vault"."secrets"', 'core.users', 'users', 'bazaar.tenants', 'pg_catalog.pg_authid',
        'pg_authid', 'information_schema.tables', 'pg_stat_activity', '../vault/secrets', 'constructor', '__proto__']) {
        await attempt(table, () => ctx.db[table].find({}));
        await attempt(table + ' count', () => ctx.db[table].count({}));
        await attempt(table + ' insert', () => ctx.db[table].insert({ body: 'x' }));
      }
      return { reached };`,
    ends: NOTHING_REACHED,
  },
  {
    name: 'foreign-files',
    tries: 'files of another plugin and of another tenant, by their ids',
    manifest: { capabilities: wants('files', 'documents') },
    run: `${ATTEMPT}
      for (const { file } of [own, other]) {
        for (const id of [file, file.toUpperCase(), file + ' ', [file], { toString: () => file }]) {
          await attempt('info', () => ctx.files.info(id));
          await attempt('text', () => ctx.files.readText(id));
          await attempt('delete', async () => { await ctx.files.delete(id); return 'deleted'; });
          await attempt('extract', () => ctx.documents.extract(id));
        }
      }
      return { reached };`,
    ends: NOTHING_REACHED,
  },
  {
    name: 'files-without-grant',
    tries: 'to use files, documents and tasks that it was never granted',
    run: `${ATTEMPT}
      await attempt('import', () => ctx.files.importAsset('plugin.json'));
      await attempt('info', () => ctx.files.info(own.file));
      await attempt('extract', () => ctx.documents.extract(own.file));
      await attempt('task', async () => { await ctx.tasks.raise({ kind: 'A', title: 'x', audience: 'attack' }); return 'raised'; });
      return { reached };`,
    ends: NOTHING_REACHED,
  },
  {
    name: 'path-traversal',
    tries: 'to import files from outside of its package',
    manifest: { capabilities: wants('files') },
    run: `${ATTEMPT}
      for (const path of ['../plugins.lock.json', '../../../../../../etc/passwd', '/etc/passwd', './plugin.json', 'src/../plugin.json', 'src//plugin.ts',
        '..\\\\vault\\\\plugin.json', '%2e%2e/vault/plugin.json', 'plugin.json\\u0000.txt', 'file:///etc/passwd', '/proc/self/environ',
        'C:\\\\Windows\\\\win.ini', '.', '..', '', 'node_modules/../../x', ['plugin.json'], { toString: () => '/etc/passwd' }]) {
        await attempt(String(path), () => ctx.files.importAsset(path));
      }
      return { reached };`,
    ends: NOTHING_REACHED,
  },
  {
    name: 'foreign-actions',
    tries: 'to call actions of another plugin that nobody granted it',
    run: `${ATTEMPT}
      for (const name of ['vault.list', 'vault.put', 'vault.ping', 'vault.keep', 'core.users', 'bystander-inline.look', 'VAULT.list', 'vault..list',
        'vault.list ', '.list', 'vault.', 'foreign-actions.vault.list', '__proto__.list']) {
        await attempt(name, () => ctx.actions.call(name, { body: 'x' }));
        await attempt(name + ' available', () => ctx.actions.available(name));
      }
      return { reached };`,
    ends: NOTHING_REACHED,
  },
  {
    name: 'confused-deputy',
    tries: 'to use its own grant for a person who has no right to it',
    manifest: { capabilities: wants('action:vault.list', 'action:vault.put'), optional: { vault: '^1.0.0' } },
    role: 'viewer',
    run: `${ATTEMPT}
      await attempt('list', () => ctx.actions.call('vault.list', {}));
      await attempt('put', () => ctx.actions.call('vault.put', { body: 'planted' }));
      return { reached };`,
    ends: NOTHING_REACHED,
  },
  {
    name: 'foreign-settings',
    tries: 'settings of another plugin and of another tenant',
    manifest: { settings: { type: 'object', properties: { token: { type: 'string', default: '' } } } },
    module: `const { set } = Map.prototype;
      let host;
      Map.prototype.set = function (key, value) {
        const line = value?.host ?? value;
        if (typeof line === 'object' && typeof line?.call === 'function') host = line;
        return set.call(this, key, value);
      };`,
    run: `${ATTEMPT}
      for (const args of [{ plugin: 'vault' }, { pluginId: 'vault', tenantId: other.tenant }, { id: 'vault' }, ['vault']]) {
        await attempt('settings', async () => (await ctx.settings.get(args)).token);
        await attempt('asked by hand', async () => (await host?.call('settings.get', args))?.token);
      }
      return { reached };`,
    ends: NOTHING_REACHED,
  },
  {
    name: 'foreign-events',
    tries: 'to emit events of others, of the kernel and of its own invention',
    run: `${ATTEMPT}
      for (const name of ['vault.secret.stored', 'secret.stored', 'core.licence.changed', 'foreign-events.x', '', '__proto__', 'constructor']) {
        await attempt(name, async () => { await ctx.events.emit(name, { id: own.row }); return 'emitted'; });
      }
      return { reached };`,
    ends: NOTHING_REACHED,
  },
  {
    name: 'foreign-tasks',
    tries: 'to close tasks of others, and to raise tasks that lead people astray',
    manifest: { capabilities: wants('tasks') },
    run: `${ATTEMPT}
      const task = { kind: 'TRUST_ME', title: 'Sign in again', audience: 'attack' };
      for (const change of [
        { audience: 'vault:secrets' }, { audience: 'core:plugins.manage' }, { audience: '*' }, { link: 'https://evil.example/' },
        { link: '//evil.example/' }, { link: '/\\\\evil.example' }, { link: 'javascript:alert(1)' }, { link: '/ok\\nSet-Cookie: x' },
        { kind: 'x' }, { title: 'x'.repeat(100_000) }, { priority: 'now' },
      ]) await attempt(JSON.stringify(change).slice(0, 60), async () => { await ctx.tasks.raise({ ...task, ...change }); return 'raised'; });
      for (const key of ['mind', 'vault:mind', '%', '*']) await ctx.tasks.resolve(key).catch(() => {});
      return { reached };`,
    ends: NOTHING_REACHED,
  },
  {
    name: 'forged-frames',
    tries: 'texts that look like what the kernel and the sandbox say to each other',
    run: `${ATTEMPT}
      const bytes = (...numbers) => String.fromCharCode(...numbers);
      const frame = bytes(40, 1, 1, 1, 11, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1) + '{"forged":true}';
      const texts = [frame, frame.repeat(1000), '\\n{"ok":true}\\n', '"},"forged":{"', '\\u2028\\u2029', '\\\\u0000', '\\ufeff' + frame, '</script>', "'--", '\\r\\n\\r\\n'];
      for (const text of texts) {
        ctx.log.info(text, { [text]: text });
        await ctx.db[text].find({ where: { [text]: text } }).catch(() => {});
        await ctx.settings.get({ [text]: text });
      }
      return { reached, texts };`,
    ends: NOTHING_REACHED,
  },
  {
    name: 'late-calls',
    tries: 'to go on asking after its call has ended',
    files: {
      'migrations/0001-rows.sql': `create table rows (
        tenant_id uuid not null default bazaar.current_tenant(), id uuid not null default gen_random_uuid(), body text not null,
        primary key (tenant_id, id));
        select bazaar.protect('rows');`,
    },
    module: 'const late = []; let before;',
    run: `${ATTEMPT}
      if (before) {
        await attempt('a context of an earlier call', () => before.db.rows.insert({ body: 'late' }));
        await attempt('what was left running', async () => late.splice(0).filter((outcome) => outcome === 'stored'));
      }
      const kept = (before = ctx);
      for (let i = 0; i < 20; i += 1) {
        Promise.resolve().then(() => Promise.resolve()).then(() => Promise.resolve()).then(async () => {
          for (let wait = 0; wait < i * 20; wait += 1) await null;
          await kept.db.rows.insert({ body: 'late' });
          late.push(kept === before ? 'unknown' : 'stored');
        }).catch(() => late.push('refused'));
      }
      return { reached, rows: await ctx.db.rows.count({ body: 'late' }) };`,
    ends: { kind: 'harmless', output: { reached: [] } },
  },
];
