import { html, nothing, type TemplateResult } from 'lit';
import { UiProblem } from './contract.ts';
import { problemMessage } from './form-errors.ts';

/** While something is read; `what` for those who hear it. */
export function loadingState(what: string): TemplateResult {
  return html`<div class="stack" role="status" aria-label="Loading ${what}">
    <span class="skeleton title"></span><span class="skeleton block"></span><span class="skeleton block"></span>
  </div>`;
}

/** In place of what could not be read, with a button that tries again and the way out that the refusal names. */
export function failureState(failure: unknown, retry: () => void): TemplateResult {
  const action = failure instanceof UiProblem ? failure.action : undefined;
  return html`<div class="empty" role="alert">
    <bazaar-icon name="octagon-alert"></bazaar-icon>
    <h2>This could not be loaded</h2>
    <p>${problemMessage(failure)}</p>
    <vaadin-button theme="primary" @click=${retry}>Try again</vaadin-button>
    ${action ? html`<a href=${action.href}>${action.label}</a>` : nothing}
  </div>`;
}

/** In place of what is not there yet; `icon` is a Lucide name. */
export function emptyState(icon: string, title: string, text: string, more?: TemplateResult): TemplateResult {
  return html`<div class="empty">
    <bazaar-icon name=${icon}></bazaar-icon>
    <h2>${title}</h2>
    <p>${text}</p>
    ${more}
  </div>`;
}
