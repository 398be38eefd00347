import { html, nothing, type TemplateResult } from 'lit';

/** `Amira · €5,000 · 40 %`: what is not empty, each in its own direction, so that no name moves the figures beside it. */
export function joined(texts: readonly (string | null | undefined)[], between = ' · '): TemplateResult {
  const shown = texts.filter((text) => text);
  return html`${shown.map((text, index) => html`${index === 0 ? nothing : between}<bdi>${text}</bdi>`)}`;
}
