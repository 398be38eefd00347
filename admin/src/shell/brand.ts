import { html, svg } from 'lit';

const mark = svg`<path d="M7 13.5 9 8h14l2 5.5M7 13.5a3 3 0 0 0 6 0 3 3 0 0 0 6 0 3 3 0 0 0 6 0M9 17.5V24h14v-6.5M13.5 24v-4h5v4" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"></path>`;

/** The mark: a market stall. */
export const brandMark = (
  size: number,
) => html`<svg width=${size} height=${size} viewBox="0 0 32 32" aria-hidden="true">
  <rect width="32" height="32" rx="8" fill="var(--bz-accent)"></rect>
  ${mark}
</svg>`;
