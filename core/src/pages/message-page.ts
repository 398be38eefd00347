import { html, type PageModel, type SafeHtml } from '@bazaar/sdk';

export interface Message {
  status: number;
  title: string;
  text: string;
  /** More to know, e.g. what is wrong with an input; at most a few short lines. */
  details?: readonly string[];
  link?: { label: string; href: string };
}

/** A page that says what is the matter and where to go from here. */
export function messagePage({ status, title, text, details = [], link }: Message): PageModel {
  const more: SafeHtml | null =
    details.length === 0 ? null : html`<ul>${details.map((detail) => html`<li>${detail}</li>`)}</ul>`;
  return {
    status,
    title,
    robots: 'noindex',
    body: html`<section class="message">
<p class="status" aria-hidden="true">${status}</p>
<h1>${title}</h1>
<p>${text}</p>
${more}
${link ? html`<p><a class="button" href="${link.href}">${link.label}</a></p>` : null}
</section>`,
  };
}
