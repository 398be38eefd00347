import { html, type JsonObject, type PageModel, type TenantIdentity } from '@bazaar/sdk';
import { logoPath } from '../pictures/index.ts';
import type { TenantFace, TenantProfile } from '../tenancy/index.ts';

export interface PageLink {
  href: string;
  title: string;
  description?: string;
}

/** Whose start page it is. */
export interface Introduced {
  tenant: TenantIdentity;
  face: TenantFace;
  /** Scheme and host. */
  origin: string;
}

const TYPES: Readonly<Record<string, string>> = {
  employer: 'Employer',
  'recruitment-agency': 'Recruitment agency',
  'staffing-agency': 'Staffing agency',
  'freelance-recruiter': 'Freelance recruiter',
};

const VERIFIED = 'The operator of this platform has checked that this organisation is who it says it is.';

/** What visitors read of the tenant: what it does, what it is, where it has its seat, and where they learn more. */
function about({ description = '', type, headquarters, website }: TenantProfile) {
  const lines = String(description).split('\n');
  const link =
    website === undefined
      ? undefined
      : html`<a href="${website}" rel="nofollow noopener">${URL.parse(String(website))?.host ?? website}</a>`;
  const facts = [TYPES[String(type)], headquarters, link].filter((fact) => fact !== undefined);
  return html`${lines.filter((line) => line.trim() !== '').map((line) => html`<p dir="auto">${line}</p>`)}${
    facts.length === 0
      ? null
      : html`<p class="meta">${facts.map((fact, index) => html`${index === 0 ? '' : ' · '}${fact}`)}</p>`
  }`;
}

/** The tenant for search engines. */
function organisation({ tenant, face: { profile, logo }, origin }: Introduced): JsonObject {
  const picture = logoPath(tenant.slug, logo);
  return {
    '@context': 'https://schema.org',
    '@type': 'Organization',
    name: tenant.name,
    url: `${origin}/t/${tenant.slug}`,
    ...(picture === null ? {} : { logo: `${origin}${picture}` }),
    ...(profile.website === undefined ? {} : { sameAs: String(profile.website) }),
  };
}

/** The tenant's start page: who it is, and what can be visited. */
export function indexPage(introduced: Introduced, links: readonly PageLink[]): PageModel {
  const { tenant, face } = introduced;
  return {
    title: tenant.name,
    description: `Public pages of ${tenant.name}.`,
    canonicalPath: '/',
    ...(links.length === 0 ? { robots: 'noindex' as const } : {}),
    jsonLd: [organisation(introduced)],
    body: html`<section class="home">
<h1>${tenant.name}${face.isVerified ? html` <span class="badge success" title="${VERIFIED}">Verified</span>` : null}</h1>
${about(face.profile)}
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
