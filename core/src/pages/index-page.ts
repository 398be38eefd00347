import { html, type PageModel, type TenantIdentity } from '@bazaar/sdk';
import type { TenantProfile } from '../tenancy/index.ts';

export interface PageLink {
  href: string;
  title: string;
  description: string | undefined;
}

/** What visitors read of the tenant: what it does, where it has its seat, and where they learn more. */
function about({ description = '', headquarters, website }: TenantProfile) {
  const lines = String(description).split('\n');
  const link =
    website === undefined
      ? undefined
      : html`<a href="${website}" rel="nofollow noopener">${URL.parse(String(website))?.host ?? website}</a>`;
  const facts = [headquarters, link].filter((fact) => fact !== undefined);
  return html`${lines.filter((line) => line.trim() !== '').map((line) => html`<p>${line}</p>`)}${
    facts.length === 0
      ? null
      : html`<p class="meta">${facts.map((fact, index) => html`${index === 0 ? '' : ' · '}${fact}`)}</p>`
  }`;
}

/** The tenant's start page: who it is, and what can be visited. */
export function indexPage(tenant: TenantIdentity, profile: TenantProfile, links: readonly PageLink[]): PageModel {
  return {
    title: tenant.name,
    description: `Public pages of ${tenant.name}.`,
    canonicalPath: '/',
    ...(links.length === 0 ? { robots: 'noindex' as const } : {}),
    body: html`<section class="home">
<h1>${tenant.name}</h1>
${about(profile)}
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
