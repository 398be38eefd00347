import { problemMessage } from '@bazaar/sdk/ui';
import { html } from 'lit';
import { ReloadNeeded } from './load-element.ts';

/** Before a screen or widget is there. */
export function skeletonState(title: string, compact: boolean) {
  return compact
    ? html`<div class="stack tight" aria-hidden="true"><span class="skeleton line"></span><span class="skeleton line"></span></div>`
    : html`<div class="page" role="status" aria-label="Loading ${title}">
        <span class="skeleton title"></span><span class="skeleton block"></span><span class="skeleton block"></span>
      </div>`;
}

/** While one has taken long to come, and still may. */
export function lateState(title: string, retry: () => void) {
  return html`<div class="page"><div class="empty" role="status">
    <bazaar-icon name="clock"></bazaar-icon>
    <h2>“${title}” takes longer than usual</h2>
    <p>It appears here as soon as it is ready. The rest of the workspace is not affected.</p>
    <vaadin-button @click=${retry}>Start it again</vaadin-button>
  </div></div>`;
}

/** What else there is to know about the failure. */
function consequence(failure: unknown): string {
  if (failure instanceof ReloadNeeded) return '';
  // Then nothing else works either.
  if (failure instanceof TypeError) return 'It comes by itself when the server is back.';
  return 'The rest of the workspace is not affected.';
}

/** In the place of one that failed. */
export function brokenState(failure: unknown, title: string, pluginName: string, retry: () => void) {
  const reload = failure instanceof ReloadNeeded;
  return html`<div class="page"><div class="empty" role="alert">
    <bazaar-icon name=${reload ? 'refresh-cw' : 'plug-zap'}></bazaar-icon>
    <h2>${reload ? `${pluginName} has a new version` : `“${title}” could not be shown`}</h2>
    <p>${reload ? failure.message : problemMessage(failure)} ${consequence(failure)}</p>
    <vaadin-button theme="primary" @click=${reload ? () => location.reload() : retry}>
      ${reload ? 'Reload page' : 'Try again'}
    </vaadin-button>
  </div></div>`;
}
