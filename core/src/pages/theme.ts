import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The style sheet of all public pages, under a path that changes with its content. */
export interface Theme {
  /** No tenant can be called `-`. */
  path: string;
  css: string;
}

/** In the order in which they build on each other. */
const PARTS = ['frame', 'text', 'parts', 'forms', 'media'];

export function loadTheme(): Theme {
  const folder = join(import.meta.dirname, 'theme');
  const css = PARTS.map((part) => readFileSync(join(folder, `${part}.css`), 'utf8')).join('\n');
  const hash = createHash('sha256').update(css).digest('base64url').slice(0, 12);
  return { path: `/t/-/theme.${hash}.css`, css };
}
