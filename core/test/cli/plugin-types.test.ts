import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PROJECT, pluginFolders } from '../../src/cli/project.ts';
import { run } from '../../src/cli/run.ts';

const MANIFEST = {
  id: 'listener',
  name: 'Listener',
  version: '1.0.0',
  sdk: '^1.0.0',
  description: 'Hears of applications.',
  publisher: 'Somebody',
  category: 'recruiting',
  requires: { 'job-board': '^1.0.0' },
  capabilities: [
    { capability: 'event:job-board.application.submitted', reason: 'To hear of applications' },
    { capability: 'action:job-board.jobs.options', reason: 'To offer jobs' },
  ],
  subscriptions: [{ event: 'job-board.application.submitted', version: 1 }],
  actions: [],
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bazaar-listener-'));
  await mkdir(join(folder, 'src'));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'listener', version: '1.0.0', type: 'module' }));
  await writeFile(join(folder, 'plugin.json'), JSON.stringify(MANIFEST));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function types(...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await run(['plugin', 'types', ...args], {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

test('plugin types finds what a plugin hears and calls among the plugins of the project, wherever its folder is', async () => {
  expect((await types(folder, '--check')).code).toBe(1);
  expect(await types(folder)).toMatchObject({
    code: 0,
    err: '',
    out: expect.stringMatching(/contract\.generated\.ts written$/),
  });
  const contract = await readFile(join(folder, 'src/contract.generated.ts'), 'utf8');
  expect(contract).toMatch(/'job-board\.application\.submitted': \{\s+applicationId: string;/);
  expect(contract).toMatch(/'job-board\.jobs\.options': \{\s+input: \{/);
  expect(await types(folder, '--check')).toMatchObject({ code: 0, out: expect.stringMatching(/is current$/) });
});

test('the contracts of the project’s own plugins are current', async () => {
  expect(await types(...(await pluginFolders(PROJECT)), '--check')).toMatchObject({ code: 0, err: '' });
});
