import { problemMessage, UiProblem } from '@bazaar/sdk/ui';
import { html, nothing } from 'lit';

/** A page, or part of one, that could not be read; the reason and a way to try again. */
export function failureState(error: unknown, retry: () => void) {
  const action = error instanceof UiProblem ? error.action : undefined;
  return html`<div class="page">
    <div class="empty" role="alert">
      <bazaar-icon name="plug-zap"></bazaar-icon>
      <h2>This could not be loaded</h2>
      <p>${problemMessage(error)}</p>
      <vaadin-button theme="primary" @click=${retry}>Try again</vaadin-button>
      ${action ? html`<a href=${action.href}>${action.label}</a>` : nothing}
    </div>
  </div>`;
}

/** A page while it is being read. */
export function loadingState(what: string) {
  return html`<div class="page" role="status" aria-label="Loading ${what}">
    <span class="skeleton title"></span><span class="skeleton block"></span><span class="skeleton block"></span>
  </div>`;
}
