/**
 * What a plugin's screens and widgets build on. Registered by the shell and used by tag alone:
 *
 * - the Vaadin elements (a `vaadin-select` shows an empty value by its `placeholder`);
 * - `<bazaar-icon name="upload">`, a Lucide icon; inside a button with `slot="prefix"`;
 * - `<bazaar-slot name="job-board.application" .params=${{ id }}>`, the place where other plugins' widgets appear, with
 *   these as their `ctx.params`.
 */
export { type CallOptions, type UiContext, UiProblem } from './contract.ts';
export { BazaarElement, type CrashDetail } from './element.ts';
export { formErrors, problemMessage } from './form-errors.ts';
export { controlStyles } from './theme/controls.ts';
export { pageStyles } from './theme/page.ts';
export { tokenStyles } from './theme/tokens.ts';
