import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The style sheet of all public pages, under a path that changes with its content. */
export interface Theme {
  /** No tenant can be called `-`. */
  path: string;
  css: string;
}

export function loadTheme(): Theme {
  const css = readFileSync(join(import.meta.dirname, 'theme.css'), 'utf8');
  const hash = createHash('sha256').update(css).digest('base64url').slice(0, 12);
  return { path: `/t/-/theme.${hash}.css`, css };
}
