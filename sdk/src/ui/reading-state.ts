import { html, nothing, type TemplateResult } from 'lit';
import { problemMessage } from './form-errors.ts';
import type { Reading } from './reading.ts';
import { failureState, loadingState } from './states.ts';

/** Above what is still shown although reading it anew failed. */
export function outdatedNotice(failure: unknown, retry: () => void): TemplateResult | typeof nothing {
  if (failure === null) return nothing;
  return html`<div class="banner danger" role="alert">
    <bazaar-icon name="octagon-alert"></bazaar-icon><span>${problemMessage(failure)}</span>
    <vaadin-button theme="small" @click=${retry}>Try again</vaadin-button>
  </div>`;
}

export interface ReadingView<Value> {
  /** What is read, for those who hear it: `the job`. */
  what: string;
  show(value: Value): TemplateResult;
  /** Reads again; the reading itself when absent. */
  retry?(): void;
}

/**
 * A `Reading` as it stands: loading, failed, or what was read. What is shown stays when reading anew fails, and with it
 * whatever somebody has typed there.
 */
export function readingState<Value>(
  reading: Reading<Value>,
  { what, show, retry = () => void reading.run() }: ReadingView<Value>,
): TemplateResult {
  const { value, failure } = reading;
  if (value === null) return failure === null ? loadingState(what) : failureState(failure, retry);
  return html`${outdatedNotice(failure, retry)} ${show(value)}`;
}
