import { css, html, nothing, type TemplateResult } from 'lit';

/** Where something was read; `page` and `line` count from 1. */
export interface Passage {
  text: string;
  page: number;
  line: number;
}

/** The passages themselves, each with its place. */
export function quotes(passages: readonly Passage[]): TemplateResult {
  return html`<ul class="quotes">
    ${passages.map(
      ({ text, page, line }) => html`<li>
        <q>${text}</q>
        <span class="small muted number">Page ${page}, line ${line}</span>
      </li>`,
    )}
  </ul>`;
}

interface Shown {
  /** Look of the chip. */
  look?: string;
  /** Small words behind the name, e.g. the months of use. */
  note?: string;
}

/** A chip that opens to the passages it rests on; a plain chip when there are none. */
export function evidenceChip(
  name: string,
  passages: readonly Passage[],
  { look = '', note }: Shown = {},
): TemplateResult {
  const label = html`${name}${note ? html`<span class="note">${note}</span>` : nothing}`;
  if (passages.length === 0) return html`<li class="evidence"><span class="chip ${look}">${label}</span></li>`;
  return html`<li class="evidence">
    <details>
      <summary class="chip ${look}" title="Show where the CV says so">
        ${label}<bazaar-icon name="chevron-down"></bazaar-icon>
      </summary>
      ${quotes(passages)}
    </details>
  </li>`;
}

/** A line that opens to the one passage it rests on. */
export function evidenceLine(passage: Passage | null): TemplateResult | typeof nothing {
  if (passage === null) return nothing;
  return html`<details class="evidence-line">
    <summary class="small">Where the CV says so</summary>
    ${quotes([passage])}
  </details>`;
}

export const evidenceStyles = css`
  .evidence-list {
    display: flex;
    flex-wrap: wrap;
    gap: var(--bz-space-2);
    padding: 0;
    list-style: none;
  }
  .evidence {
    max-width: 100%;
  }
  .evidence:has(details[open]) {
    flex: 1 1 100%;
  }
  .evidence .chip {
    padding-block: 0.1875rem;
    white-space: normal;
    overflow-wrap: anywhere;
  }
  .evidence .chip .note {
    font-weight: 400;
  }
  summary {
    cursor: pointer;
    list-style: none;
    border-radius: var(--bz-radius-s);
  }
  summary.chip {
    border-radius: 99px;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary:focus-visible {
    outline: 2px solid transparent;
    box-shadow: var(--bz-focus);
  }
  summary.chip > bazaar-icon {
    --bz-icon-size: 0.75rem;
    transition: rotate 120ms;
  }
  details[open] > summary.chip > bazaar-icon {
    rotate: 180deg;
  }
  .evidence-line > summary {
    width: fit-content;
    color: var(--bz-accent-text);
  }
  .evidence-line > summary:hover {
    text-decoration: underline;
  }
  .quotes {
    display: grid;
    gap: var(--bz-space-2);
    margin-block: var(--bz-space-2) var(--bz-space-1);
    padding: 0;
    list-style: none;
  }
  .quotes > li {
    display: grid;
    gap: 0.125rem;
    padding: var(--bz-space-2) var(--bz-space-3);
    background: var(--bz-surface-2);
    border-radius: var(--bz-radius-s);
    overflow-wrap: anywhere;
  }
  @media (prefers-reduced-motion: reduce) {
    summary.chip > bazaar-icon {
      transition: none;
    }
  }
`;
