import { html, type JsonObject, type PageModel, type SafeHtml } from '@bazaar/sdk';

export interface HeadOptions {
  model: PageModel;
  tenantName: string;
  /** Absolute address of the tenant's public root, without a slash at the end. */
  root: string;
  /** Absolute address of the tenant's logo, which stands for the page where it is shared. */
  picture?: string;
  /** Path of the style sheet. */
  styles: string;
}

/** JSON inside a script element: nothing in it may end the element or start a comment. */
function jsonLdScript(data: JsonObject): SafeHtml {
  const json = JSON.stringify(data)
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  return { html: `<script type="application/ld+json">${json}</script>\n` };
}

function property(name: string, content: string): SafeHtml {
  // Open Graph speaks of properties; Twitter's cards and the rest of names.
  const attribute = name.includes(':') && !name.startsWith('twitter:') ? 'property' : 'name';
  return html`<meta ${attribute}="${name}" content="${content}">\n`;
}

/** Everything a browser, a search engine or a shared link wants to know of a page. */
export function pageHead({ model, tenantName, root, picture, styles }: HeadOptions): SafeHtml {
  const { title, description, canonicalPath, robots, status = 200 } = model;
  const canonical = canonicalPath === undefined ? undefined : root + canonicalPath.replace(/\/+$/, '');
  const full = title.includes(tenantName) ? title : `${title} – ${tenantName}`;
  const properties: Record<string, string> = {
    'og:site_name': tenantName,
    'og:type': 'website',
    'og:title': title,
    ...(description === undefined ? {} : { 'og:description': description }),
    ...(canonical === undefined ? {} : { 'og:url': canonical }),
    ...(picture === undefined ? {} : { 'og:image': picture }),
    'twitter:card': 'summary',
    ...model.meta,
  };
  return html`<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${full}</title>
${description === undefined ? null : html`<meta name="description" content="${description}">\n`}${
  status >= 400 || robots === 'noindex' ? html`<meta name="robots" content="noindex">\n` : null
}${canonical === undefined ? null : html`<link rel="canonical" href="${canonical}">\n`}${Object.entries(properties).map(
  ([name, content]) => property(name, content),
)}<link rel="stylesheet" href="${styles}">
<link rel="icon" href="data:,">
${(model.jsonLd ?? []).map(jsonLdScript)}`;
}
