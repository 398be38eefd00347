import { html, nothing, type TemplateResult } from 'lit';
import { counted } from './format.ts';
import type { Listing } from './listing.ts';
import { outdatedNotice } from './reading-state.ts';
import { failureState, loadingState } from './states.ts';

export interface ListingView<Item> {
  /** What is listed: `['job', 'jobs']`. */
  noun: readonly [one: string, many: string];
  /** Instead of an empty list. */
  none(): TemplateResult;
  show(items: Item[]): TemplateResult;
}

/**
 * A `Listing` as it stands: loading, failed, empty, or its items with their count and a button for more. What is
 * shown stays when reading on fails.
 */
export function listingState<Item>(listing: Listing<Item>, { noun, none, show }: ListingView<Item>): TemplateResult {
  const [one, many] = noun;
  const { items, failure, busy, hasMore } = listing;
  if (items === null) {
    return failure === null ? loadingState(many) : failureState(failure, () => void listing.restart());
  }
  return html`
    ${outdatedNotice(failure, () => void listing.refresh())}
    ${items.length === 0 ? none() : show(items)}
    <div class="row between">
      <p class="small muted" role="status">${items.length === 0 ? nothing : `${counted(items.length, one, many)} shown`}</p>
      ${
        hasMore
          ? html`<vaadin-button ?disabled=${busy} @click=${() => void listing.more()}>Show more</vaadin-button>`
          : nothing
      }
    </div>
  `;
}
