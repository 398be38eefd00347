import type { JsonObject } from './json.ts';

/** HTML whose every interpolated value has been escaped; only `html` makes it. */
export interface SafeHtml {
  readonly html: string;
}

/** What a public page action returns. The kernel renders it inside the tenant's theme. */
export interface PageModel {
  /** 200 unless said otherwise; e.g. 404, 410 for a closed job. */
  status?: number;
  title: string;
  description?: string;
  /** Path of the canonical page below the tenant's public root, e.g. `/jobs/staff-nurse`. */
  canonicalPath?: string;
  robots?: 'index' | 'noindex';
  /** Open Graph and other `<meta property>` values. */
  meta?: Record<string, string>;
  jsonLd?: JsonObject[];
  body: SafeHtml;
}

type HtmlValue = string | number | boolean | null | undefined | SafeHtml | readonly HtmlValue[];

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function render(value: HtmlValue): string {
  if (value === null || value === undefined || value === false || value === true) return '';
  if (typeof value === 'object') {
    return 'html' in value ? value.html : value.map(render).join('');
  }
  return String(value).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** Template tag: escapes every value; nested `html` results, arrays and absent values compose. */
export function html(strings: TemplateStringsArray, ...values: HtmlValue[]): SafeHtml {
  return { html: strings.reduce((out, text, index) => out + render(values[index - 1]) + text) };
}
