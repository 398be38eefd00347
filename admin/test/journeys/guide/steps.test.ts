import { expect, test } from 'vitest';
import { stepsOf } from './steps.ts';

const fence = (language: string, ...lines: string[]) => [`\`\`\`${language}`, ...lines, '```', ''];
const page = (...lines: (string | string[])[]) => lines.flat().join('\n');

test('a page becomes what its reader does, in order', () => {
  const steps = stepsOf(
    page(
      '# Title',
      '## One',
      '**`a/b.json`**',
      '',
      fence('json', '{}'),
      '**`a/b.json`**, changed',
      '',
      fence('diff', ' {', '-x', '+y', '@@', '+z'),
      '## Two',
      'Then:',
      fence('sh', 'true', 'echo hi'),
      fence('text', 'hi', '…'),
      '> Signed in as `a@b.test`, the dashboard shows under **Visits**: “none”.',
      'From `c.ts`, as it is:',
      fence('ts', 'x();'),
    ),
  );
  expect(steps.map(({ line: _line, ...step }) => step)).toEqual([
    { section: 'One', kind: 'write', file: 'a/b.json', text: '{}\n' },
    {
      section: 'One',
      kind: 'change',
      file: 'a/b.json',
      hunks: [
        { before: '{\nx', after: '{\ny' },
        { before: '', after: 'z' },
      ],
    },
    { section: 'Two', kind: 'run', commands: 'true\necho hi', answer: 'hi\n…' },
    { section: 'Two', kind: 'look', email: 'a@b.test', widget: 'Visits', text: 'none' },
    { section: 'Two', kind: 'quote', file: 'c.ts', text: 'x();' },
  ]);
});

test.each<[string, string[]]>([
  ['a listing of no file', fence('ts', 'x();')],
  ['a listing in no language', ['**`x.ts`**', ...fence('', 'x();')]],
  ['an answer to nothing', fence('text', 'hi')],
  ['an answer that stands alone', [...fence('sh', 'true'), 'It says:', ...fence('text', 'hi')]],
  ['two answers', [...fence('sh', 'true'), ...fence('text', 'hi'), ...fence('text', 'hi')]],
  ['a listing without an end', ['```sh', 'true']],
  ['a quotation that says nowhere to look', ['> Mind the gap.']],
])('%s is refused', (_case, lines) => {
  expect(() => stepsOf(lines.join('\n'))).toThrow(/^line \d+: /);
});
