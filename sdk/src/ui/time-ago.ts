import { html, type TemplateResult } from 'lit';
import { ago, formatMoment } from './format.ts';

/** `5 minutes ago`, with the exact time for those who point at it and for machines. */
export function timeAgo(iso: string): TemplateResult {
  return html`<time datetime=${iso} title=${formatMoment(iso)}>${ago(iso)}</time>`;
}
