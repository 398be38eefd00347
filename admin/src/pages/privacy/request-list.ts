import { formatDay, formatMoment } from '@bazaar/sdk/ui';
import { html, nothing } from 'lit';
import type { App } from '../../app/app.ts';
import { saveFile } from '../../plugin-host/save-file.ts';
import { isUnderWay, type PrivacyRequest } from './types.ts';

const STATES: Record<PrivacyRequest['state'], { title: string; look: string }> = {
  scheduled: { title: 'Planned', look: 'warning' },
  queued: { title: 'Waiting', look: 'info' },
  running: { title: 'Under way', look: 'info' },
  waiting: { title: 'Waiting', look: 'warning' },
  done: { title: 'Done', look: 'success' },
  cancelled: { title: 'Taken back', look: '' },
  failed: { title: 'Failed', look: 'danger' },
  expired: { title: 'No longer available', look: '' },
};

const KINDS: Record<PrivacyRequest['kind'], string> = {
  export: 'Export',
  erasure: 'Erasure',
  'tenant-deletion': 'Deletion of the workspace',
};

async function download(app: App, id: string): Promise<void> {
  saveFile(await app.api.file('GET', `/api/privacy/archives/${id}`));
}

function titleOf({ kind, scope, email }: PrivacyRequest): string {
  if (scope === 'account') return kind === 'export' ? 'Archive of your data' : 'Deletion of your account';
  if (kind === 'tenant-deletion') return KINDS[kind];
  return `${KINDS[kind]}: ${email ?? 'somebody who has been forgotten'}`;
}

function item(app: App, request: PrivacyRequest) {
  const { title, look } = STATES[request.state];
  const { percent, stage, reason, expiresAt } = request;
  return html`<li>
    <div class="row between">
      <h3>${titleOf(request)}</h3>
      <span class="chip ${look}">${title}</span>
    </div>
    <p class="small muted">
      <time datetime=${request.createdAt}>${formatMoment(request.createdAt)}</time>
      ${request.requestedBy === null || request.scope === 'account' ? nothing : html` by ${request.requestedBy}`}
      ${request.state === 'scheduled' ? html` – happens on ${formatDay(request.dueAt)}` : nothing}
      ${request.downloadable && expiresAt !== null ? html` – available until ${formatDay(expiresAt)}` : nothing}
    </p>
    ${
      isUnderWay(request)
        ? html`<vaadin-progress-bar
              .value=${percent / 100}
              aria-label="Progress of ${titleOf(request)}"
            ></vaadin-progress-bar>
            <p class="small muted" role="status">${reason ?? stage ?? 'It begins in a moment.'}</p>`
        : nothing
    }
    ${request.state === 'failed' && reason !== null ? html`<p class="small">${reason}</p>` : nothing}
    ${
      request.downloadable || request.hasCertificate
        ? html`<div class="actions">
            ${
              request.downloadable
                ? html`<vaadin-button theme="small" @click=${() => download(app, request.id)}>
                    <bazaar-icon slot="prefix" name="download"></bazaar-icon>Download
                  </vaadin-button>`
                : nothing
            }
            ${request.hasCertificate ? html`<a href="/certificate/${request.id}">Certificate</a>` : nothing}
          </div>`
        : nothing
    }
  </li>`;
}

/** What was asked, newest first, with how far it has come. */
export function requestList(app: App, requests: readonly PrivacyRequest[]) {
  return html`<ul class="list card flush">
    ${requests.map((request) => item(app, request))}
  </ul>`;
}
