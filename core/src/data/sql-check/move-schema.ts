import { tokens } from './parse.ts';

/**
 * The same SQL on a schema of another name: every identifier of that name is replaced, so that an alias or a column
 * called alike still fits its uses, and so are names in the argument of `bazaar.protect`. Everything else, strings and
 * comments included, stays as it is.
 */
export function moveSchema(sql: string, from: string, to: string): string {
  const bytes = Buffer.from(sql);
  const pieces: (string | Buffer)[] = [];
  let copied = 0;
  const before = ['', ''];
  for (const token of tokens(`SQL of ${from}`, sql)) {
    const own = token.text.startsWith('"') ? token.text === `"${from}"` : token.text.toLowerCase() === from;
    let moved: string | undefined;
    if (token.kind === 'IDENT' && own) moved = to;
    else if (token.kind === 'SCONST' && before[0] === 'protect' && before[1] === '(') {
      moved = token.text.replace(new RegExp(`(?<!\\w)${from}(?!\\w)`, 'gi'), to);
    }
    if (moved !== undefined) {
      pieces.push(bytes.subarray(copied, token.start), moved);
      copied = token.end;
    }
    before.push(token.text.toLowerCase().replaceAll('"', ''));
    before.shift();
  }
  pieces.push(bytes.subarray(copied));
  return pieces.map(String).join('');
}
