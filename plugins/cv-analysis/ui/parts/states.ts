import { problemMessage } from '@bazaar/sdk/ui';
import { html, type TemplateResult } from 'lit';

export function loadingState(what: string): TemplateResult {
  return html`<div class="stack" role="status" aria-label="Loading ${what}">
    <span class="skeleton title"></span><span class="skeleton block"></span><span class="skeleton block"></span>
  </div>`;
}

export function failureState(failure: unknown, retry: () => void): TemplateResult {
  return html`<div class="empty" role="alert">
    <bazaar-icon name="octagon-alert"></bazaar-icon>
    <h2>This could not be loaded</h2>
    <p>${problemMessage(failure)}</p>
    <vaadin-button theme="primary" @click=${retry}>Try again</vaadin-button>
  </div>`;
}

export function emptyState(icon: string, title: string, text: string, more?: TemplateResult): TemplateResult {
  return html`<div class="empty">
    <bazaar-icon name=${icon}></bazaar-icon>
    <h2>${title}</h2>
    <p>${text}</p>
    ${more}
  </div>`;
}
