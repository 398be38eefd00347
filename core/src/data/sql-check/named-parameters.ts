import { type Token, tokens } from './parse.ts';
import { SqlRefused } from './refused.ts';

const NAME = /^[a-z][A-Za-z0-9_]*$/;

/**
 * `:name` → `$n`. A parameter is a colon directly followed by a name; `::` is a cast and a slice `[1:n]` needs a
 * space before its variable. Strings and comments stay as they are.
 */
export function numberParameters(source: string, sql: string): { text: string; params: string[] } {
  const bytes = Buffer.from(sql);
  const params: string[] = [];
  const pieces: Buffer[] = [];
  let copied = 0;
  let colon: Token | undefined;
  for (const token of tokens(source, sql)) {
    if (token.kind === 'PARAM')
      throw new SqlRefused(source, `uses ${token.text}; write a named parameter, e.g. :jobId`);
    if (colon && colon.end === token.start && /^[A-Za-z_]/.test(token.text)) {
      if (!NAME.test(token.text)) {
        throw new SqlRefused(source, `parameter “:${token.text}” must be camelCase letters and digits`);
      }
      if (!params.includes(token.text)) params.push(token.text);
      pieces.push(bytes.subarray(copied, colon.start), Buffer.from(`$${params.indexOf(token.text) + 1}`));
      copied = token.end;
    }
    colon = token.text === ':' ? token : undefined;
  }
  pieces.push(bytes.subarray(copied));
  return { text: Buffer.concat(pieces).toString().trim().replace(/;$/, ''), params };
}
