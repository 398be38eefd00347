import type { DocumentPage } from '@bazaar/sdk';
import { TextProbe } from '../../files/index.ts';
import { cleanCharacters } from '../layout/characters.ts';
import { joinSpacedLetters } from '../layout/spaced-letters.ts';
import { UnreadableDocument } from './failure.ts';
import { LineList } from './line-list.ts';

/** Lines of a text file; empty lines part blocks, form feeds part pages, wide gaps become tabs. */
export function readPlainText(bytes: Uint8Array): DocumentPage[] {
  const probe = new TextProbe();
  probe.feed(bytes);
  const encoding = probe.end();
  if (!encoding) throw new UnreadableDocument('document-broken');
  const list = new LineList();
  const pages: DocumentPage[] = [];
  for (const page of new TextDecoder(encoding).decode(bytes).split('\f')) {
    const first = list.lines.length;
    for (const line of page.split(/\r\n|\n|\r/)) {
      const text = joinSpacedLetters(cleanCharacters(line).trim())
        .replace(/ {3,}|\s*\t\s*/g, '\t')
        .replace(/ {2}/g, ' ');
      if (text === '') list.endBlock();
      else list.add({ text, bold: false });
    }
    list.endBlock();
    pages.push({ width: 0, height: 0, lines: list.lines.slice(first) });
  }
  return pages;
}
