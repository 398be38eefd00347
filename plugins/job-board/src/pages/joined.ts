import { html, type SafeHtml } from '@bazaar/sdk';

/** What is not empty beside each other, each in its own direction: no name in Arabic moves the figures after it. */
export function joined(texts: readonly (string | null | undefined)[]): SafeHtml {
  const shown = texts.filter((text) => text);
  return html`${shown.map((text, index) => html`${index === 0 ? null : ' · '}<bdi>${text}</bdi>`)}`;
}
