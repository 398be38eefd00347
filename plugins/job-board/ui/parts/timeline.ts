import { ago, formatMoment } from '@bazaar/sdk/ui';
import { css, html, nothing, type TemplateResult } from 'lit';
import type { Output } from '../../src/context.ts';
import { APPLICATION_STATUSES } from '../../src/labels.ts';

type Entry = Output<'applications.get'>['timeline'][number];

const ICONS: Record<Entry['kind'], string> = {
  applied: 'inbox',
  moved: 'arrow-right',
  rejected: 'circle-x',
  withdrawn: 'log-out',
  note: 'message-square',
  scored: 'gauge',
};

function title(entry: Entry): string {
  const to = entry.toStatus === null ? '' : (APPLICATION_STATUSES[entry.toStatus] ?? entry.toStatus);
  switch (entry.kind) {
    case 'applied':
      return entry.changedByName === null ? 'Applied' : 'Entered by a recruiter';
    case 'moved':
      return `Moved to ${to}`;
    case 'rejected':
      return 'Rejected';
    case 'withdrawn':
      return 'Withdrawn';
    case 'note':
      return 'Note';
    case 'scored':
      return 'CV scored';
  }
}

/** What has happened to an application, latest first. */
export function timeline(entries: readonly Entry[]): TemplateResult {
  return html`<ol class="timeline">
    ${entries.toReversed().map(
      (entry) => html`<li>
        <bazaar-icon name=${ICONS[entry.kind]}></bazaar-icon>
        <div>
          <p>
            <strong>${title(entry)}</strong>
            <span class="small muted">
              ${entry.changedByName === null ? nothing : html`<bdi>${entry.changedByName}</bdi> · `}<time
                datetime=${entry.at}
                title=${formatMoment(entry.at)}
                >${ago(entry.at)}</time
              >
            </span>
          </p>
          ${entry.remarks === null ? nothing : html`<p class="text">${entry.remarks}</p>`}
        </div>
      </li>`,
    )}
  </ol>`;
}

export const timelineStyles = css`
  .timeline {
    display: grid;
    gap: var(--bz-space-4);
    padding: 0;
    list-style: none;
  }
  .timeline > li {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: var(--bz-space-3);
  }
  .timeline bazaar-icon {
    margin-block-start: 0.125rem;
    color: var(--bz-text-muted);
  }
`;
