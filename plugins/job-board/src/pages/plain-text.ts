import { html, type SafeHtml } from '@bazaar/sdk';

const BULLET = /^\s*(?:[-*•–]|\d{1,2}[.)])\s+/;

function block(lines: readonly string[]): SafeHtml {
  const isList = lines.every((line) => BULLET.test(line));
  if (isList) return html`<ul>${lines.map((line) => html`<li>${line.replace(BULLET, '')}</li>`)}</ul>`;
  return html`<p>${lines.map((line, index) => (index === 0 ? html`${line}` : html`<br>${line}`))}</p>`;
}

/** Cuts a paragraph where bullets begin or end: `Your tasks:` and the bullets below it are two blocks. */
function runs(lines: readonly string[]): string[][] {
  const found: string[][] = [];
  for (const line of lines) {
    const last = found.at(-1);
    if (last?.[0] !== undefined && BULLET.test(last[0]) === BULLET.test(line)) last.push(line);
    else found.push([line]);
  }
  return found;
}

/**
 * What people type as HTML that search engines understand: a blank line starts a paragraph, lines that start with
 * `-`, `*`, `•` or a number are bullets. Everything else is text, whatever it looks like.
 */
export function formatText(text: string): SafeHtml {
  const paragraphs = text
    .replaceAll('\r\n', '\n')
    .split(/\n[ \t]*\n/)
    .map((paragraph) => paragraph.split('\n').filter((line) => line.trim() !== ''));
  return html`${paragraphs.flatMap((lines) => runs(lines)).map(block)}`;
}

export function formatList(items: readonly string[]): SafeHtml {
  return html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}
