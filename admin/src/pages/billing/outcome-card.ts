import { html } from 'lit';

/** What came of something the payer has done on another page. */
export function outcomeCard(icon: string, title: string, parts: readonly unknown[]) {
  return html`<section class="empty" role="status">
    <bazaar-icon name=${icon}></bazaar-icon>
    <h1>${title}</h1>
    ${parts}
  </section>`;
}
