import { html, type PageModel, type TenantIdentity } from '@bazaar/sdk';

export interface PageLink {
  href: string;
  title: string;
  description: string | undefined;
}

/** The tenant's start page: what can be visited. */
export function indexPage(tenant: TenantIdentity, links: readonly PageLink[]): PageModel {
  return {
    title: tenant.name,
    description: `Public pages of ${tenant.name}.`,
    canonicalPath: '/',
    ...(links.length === 0 ? { robots: 'noindex' as const } : {}),
    body: html`<section class="home">
<h1>${tenant.name}</h1>
${
  links.length === 0
    ? html`<div class="notice" role="status"><p>Nothing has been published here yet.</p></div>`
    : html`<ul class="cards">${links.map(
        ({ href, title, description }) =>
          html`<li class="card"><h2><a href="${href}">${title}</a></h2>${description === undefined ? null : html`<p>${description}</p>`}</li>`,
      )}</ul>`
}
</section>`,
  };
}
