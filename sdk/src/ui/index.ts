/**
 * What a plugin's screens and widgets build on. Registered by the shell and used by tag alone:
 *
 * - the Vaadin elements (a `vaadin-select` shows an empty value by its `placeholder`);
 * - `<bazaar-icon name="upload">`, a Lucide icon; inside a button with `slot="prefix"`;
 * - `<bazaar-slot name="job-board.application" .params=${{ id }}>`, the place where other plugins' widgets appear, with
 *   these as their `ctx.params`; in a frame only in screens.
 */
export { formatSize } from '../size.ts';
export { type CallOptions, type UiContext, UiProblem } from './contract.ts';
export { dateWords } from './date-words.ts';
export { debounce } from './debounce.ts';
export { BazaarElement, type CrashDetail } from './element.ts';
export { type FilterAddress, FilteredListing } from './filtered-listing.ts';
export { formErrors, problemMessage } from './form-errors.ts';
export { ago, counted, formatDay, formatMoment } from './format.ts';
export { joined } from './joined.ts';
export { Listing, type ListingPage } from './listing.ts';
export { type ListingView, listingState } from './listing-state.ts';
export { NarrowScreen } from './narrow-screen.ts';
export { Reading } from './reading.ts';
export { type ReadingView, readingState } from './reading-state.ts';
export { Retry } from './retry.ts';
export { may, mayWrite, readOnlyHint } from './rights.ts';
export { emptyState, failureState, loadingState } from './states.ts';
export { controlStyles } from './theme/controls.ts';
export { pageStyles } from './theme/page.ts';
export { tokenStyles } from './theme/tokens.ts';
export { timeAgo } from './time-ago.ts';
export { type TypedCall, typedCall } from './typed-call.ts';
export { UnsavedGuard, type UnsavedGuardOptions } from './unsaved-guard.ts';
