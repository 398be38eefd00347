import { html, type PageModel, type TenantIdentity } from '@bazaar/sdk';
import { pageHead } from './head.ts';

export interface LayoutOptions {
  model: PageModel;
  /** `null` where no tenant is meant. */
  tenant: TenantIdentity | null;
  /** Path of the tenant's logo. */
  logo?: string | null;
  /** Scheme and host, e.g. `https://jobs.example.org`. */
  origin: string;
  /** Path of the style sheet. */
  styles: string;
  /** Whether this is the tenant's start page. */
  isHome?: boolean;
}

/** One or two letters that stand for the tenant where there is no logo. */
function initials(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
}

/** The whole document around the body of a page: head, the tenant's header, main part, footer. */
export function renderPage({ model, tenant, logo = null, origin, styles, isHome = false }: LayoutOptions): string {
  const name = tenant?.name ?? 'Bazaar';
  const home = tenant ? `/t/${tenant.slug}` : '/';
  const mark =
    logo === null
      ? html`<span class="mark" aria-hidden="true">${initials(name)}</span>`
      : html`<img class="logo" src="${logo}" alt="">`;
  const picture = logo === null ? {} : { picture: `${origin}${logo}` };
  return html`<!doctype html>
<html lang="en">
<head>
${pageHead({ model, tenantName: name, root: tenant ? `${origin}/t/${tenant.slug}` : origin, styles, ...picture })}</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<header class="site-header"><div class="bar">
<a class="brand" href="${home}"${isHome ? html` aria-current="page"` : null}>${mark}<span>${name}</span></a>
</div></header>
<main id="content" tabindex="-1">
${model.body}
</main>
<footer class="site-footer"><div class="bar">
<p>Published by ${name}</p>
<p>Runs on Bazaar</p>
</div></footer>
</body>
</html>
`.html;
}
