import type { MailLocale } from '../locale.ts';
import type { MailBlock, MailText } from '../template.ts';
import { WORDS } from './words.ts';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');
}

const FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const paragraph = (content: string) => `<p class="text" style="margin:0 0 16px;color:#1f2937">${content}</p>`;

function block(part: MailBlock, locale: MailLocale): string {
  if (typeof part === 'string') return paragraph(escaped(part).replaceAll('\n', '<br>'));
  if ('button' in part) {
    const href = escaped(part.href);
    return `<p style="margin:24px 0"><a href="${href}" style="display:inline-block;padding:12px 24px;border-radius:8px;background:#2f55c8;color:#ffffff;font-weight:600;text-decoration:none">${escaped(part.button)}</a></p>
<p class="quiet" style="margin:0 0 16px;color:#6b7280;font-size:13px">${escaped(WORDS[locale].orCopy)}<br><a class="link" href="${href}" style="color:#2f55c8;word-break:break-all">${href}</a></p>`;
  }
  if ('code' in part) {
    return `<p class="code" style="margin:24px 0;padding:12px 16px;border-radius:8px;background:#f3f4f6;color:#111827;font-family:ui-monospace,Menlo,Consolas,monospace;font-size:20px;letter-spacing:2px">${escaped(part.code)}</p>`;
  }
  if ('facts' in part) {
    const rows = part.facts.map(
      ([name, value]) =>
        `<tr><td class="quiet" style="padding:4px 16px 4px 0;color:#6b7280;vertical-align:top">${escaped(name)}</td><td class="text" style="padding:4px 0;color:#1f2937;word-break:break-word">${escaped(value)}</td></tr>`,
    );
    return `<table role="presentation" style="margin:0 0 16px;border-collapse:collapse">${rows.join('')}</table>`;
  }
  return `<p class="quiet" style="margin:0 0 16px;color:#6b7280;font-size:13px">${escaped(part.note)}</p>`;
}

/** For readers that follow the colour scheme; the others have the light colours of the attributes. */
const DARK = `@media (prefers-color-scheme:dark){
.page{background:#0b0f19!important}.card{background:#151b2b!important;border-color:#273046!important}
.text,.title{color:#e5e7eb!important}.quiet{color:#9ca3af!important}.link{color:#93b1ff!important}
.code{background:#0b0f19!important;color:#f9fafb!important}}`;

/** The HTML body: one document without scripts, images or anything else that is fetched. */
export function htmlOf({ subject, heading, body }: MailText, locale: MailLocale): string {
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><title>${escaped(subject)}</title><style>${DARK}</style></head>
<body class="page" style="margin:0;padding:0;background:#f3f4f6">
<table role="presentation" width="100%" style="border-collapse:collapse"><tr><td align="center" style="padding:32px 16px">
<table role="presentation" class="card" style="width:100%;max-width:560px;border-collapse:separate;background:#ffffff;border:1px solid #e5e7eb;border-radius:12px"><tr><td style="padding:32px;${FONT};font-size:16px;line-height:1.5;text-align:left">
<p class="quiet" style="margin:0 0 24px;color:#6b7280;font-size:14px;font-weight:600">Bazaar</p>
<h1 class="title" style="margin:0 0 16px;color:#111827;font-size:22px;line-height:1.3">${escaped(heading ?? subject)}</h1>
${body.map((part) => block(part, locale)).join('\n')}
</td></tr></table>
<p class="quiet" style="max-width:560px;margin:16px auto 0;color:#6b7280;${FONT};font-size:12px">${escaped(WORDS[locale].automatic)}</p>
</td></tr></table>
</body></html>
`;
}
