import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { frameOf } from './frames.ts';
import { type Step, stepsOf } from './guide/steps.ts';
import { Terminal } from './guide/terminal.ts';
import { expectAccessible, Product } from './product.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** What the pages call the platform's address. */
const ADDRESS = 'http://127.0.0.1:4000';
const SECTION_LIMIT_MS = 300_000;

const read = (file: string) => readFile(join(ROOT, file), 'utf8');
const guide = stepsOf(await read('docs/plugins.md'));
const reference = stepsOf(await read('docs/plugins-reference.md'));

let product: Product;
let terminal: Terminal;
let home: string;
let lockBefore: string;

beforeAll(async () => {
  lockBefore = await read('plugins.lock.json');
  product = await Product.start('inline');
  home = await mkdtemp(join(tmpdir(), 'bazaar-newcomer-'));
  terminal = new Terminal(ROOT, { PATH: ownPath(), ...product.environment, HOME: home, NO_COLOR: '1' });
});
afterAll(async () => {
  terminal?.close();
  await product?.stop();
  if (home) await rm(home, { recursive: true, force: true });
  expect(await read('plugins.lock.json'), 'the project’s own lock file').toBe(lockBefore);
});

/** The programs of the machine: a newcomer has nothing of the project's on the path. */
function ownPath(): string {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.filter((folder) => !folder.includes('node_modules')).join(delimiter);
}

const written = (file: string) => join(home, 'visitors', file);

/** In what the page says, `…` stands for anything within a line, and a line of it for any lines or none. */
function expectAnswer(said: string, answer: string): void {
  const lines = (text: string) => text.split('\n').map((line) => line.trimEnd());
  const literally = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = lines(answer).map((line) =>
    line === '…' ? '(?:.*\\n)*' : `${line.split('…').map(literally).join('.*')}\\n`,
  );
  expect(`${lines(said).join('\n')}\n`).toMatch(new RegExp(`^${pattern.join('')}$`));
}

async function change(file: string, hunks: readonly { before: string; after: string }[]): Promise<void> {
  let text = await readFile(written(file), 'utf8');
  for (const { before, after } of hunks) {
    expect(text.split(before), `${file} has exactly once:\n${before}`).toHaveLength(2);
    text = text.replace(before, () => after);
  }
  await writeFile(written(file), text);
}

async function look({ email, widget, text }: Extract<Step, { kind: 'look' }>): Promise<void> {
  const page = await product.signIn(email);
  await frameOf(page, widget).getByText(text, { exact: true }).waitFor();
  await expectAccessible(page);
  await page.context().close();
}

async function follow(step: Step): Promise<void> {
  if (step.kind === 'write') {
    await mkdir(dirname(written(step.file)), { recursive: true });
    await writeFile(written(step.file), step.text);
  } else if (step.kind === 'change') {
    await change(step.file, step.hunks);
  } else if (step.kind === 'run') {
    const said = await terminal.run(step.commands.replaceAll(ADDRESS, product.url));
    if (step.answer !== undefined) expectAnswer(said.replaceAll(product.url, ADDRESS), step.answer);
  } else if (step.kind === 'look') {
    await look(step);
  } else {
    const words = (text: string) => text.replaceAll(/\s+/g, ' ');
    expect(words(await read(step.file)), step.file).toContain(words(step.text));
  }
}

test('docs/plugins.md has something of everything to be tried', () => {
  expect(new Set(guide.map(({ kind }) => kind))).toEqual(new Set(['write', 'change', 'run', 'look']));
});

describe('docs/plugins.md leads a newcomer to a plugin that serves', () => {
  let stuck = false;
  test.each([...Map.groupBy(guide, ({ section }) => section)])(
    '%s',
    async (_section, steps) => {
      expect(stuck, 'an earlier section could not be followed').toBe(false);
      stuck = true;
      for (const step of steps) {
        await follow(step).catch((cause: unknown) => {
          throw new Error(`docs/plugins.md, line ${step.line}: ${cause instanceof Error ? cause.message : cause}`, {
            cause,
          });
        });
      }
      stuck = false;
    },
    SECTION_LIMIT_MS,
  );
});

test.each(reference)('docs/plugins-reference.md, line $line: the listing is part of $file', async (step) => {
  expect(step.kind).toBe('quote');
  await follow(step);
});
