import { expect, it } from 'vitest';
import { joinAddresses } from './broken-addresses.ts';
import type { Line } from './line.ts';

function line(text: string, y: number, over: Partial<Line> = {}): Line {
  const size = { x: 40, y, width: text.length * 5, height: 10 };
  const place = { page: 1, line: 1, block: 0, flow: 0, links: [] };
  return { text, bullet: false, marked: false, bold: false, full: true, ...size, ...place, ...over };
}

it.each<[string, string[], string[]]>([
  ['in its host', ['jane.doe@exam', 'ple.org'], ['jane.doe@example.org']],
  ['before its sign', ['jane.roedelhe', 'im@example.org'], ['jane.roedelheim@example.org']],
  ['in two places', ['jane.roedel', 'heim@exampl', 'e.org'], ['jane.roedelheim@example.org']],
  ['in an address of the web', ['www.linkedin.com/in/jane-d', 'oe-1a2b'], ['www.linkedin.com/in/jane-doe-1a2b']],
  [
    'not where more would fit',
    ['a@b.example', 'nurse', 'ten years of nights'],
    ['a@b.example', 'nurse', 'ten years of nights'],
  ],
  ['not before another address', ['jane@example.com', 'linkedin.com'], ['jane@example.com', 'linkedin.com']],
  ['in the end of its host', ['jane.doe@example.co', 'm'], ['jane.doe@example.com']],
  ['not below a label', ['email', 'jane@example.org'], ['email', 'jane@example.org']],
  ['not before a capital', ['jane.doe@example.org', 'Leeds'], ['jane.doe@example.org', 'Leeds']],
])('joins an address broken %s', (_where, texts, expected) => {
  expect(joinAddresses(texts.map((text, index) => line(text, index * 12))).map(({ text }) => text)).toEqual(expected);
});

it('leaves lines alone that stand apart', () => {
  const lines = [line('jane.doe@exam', 0), line('ple.org', 60)];
  expect(joinAddresses(lines)).toHaveLength(2);
});
