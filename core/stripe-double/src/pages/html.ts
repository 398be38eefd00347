const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escaped(text: unknown): string {
  return String(text ?? '').replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

const STYLE = `
:root{color-scheme:light dark;--ink:#1a1f36;--dim:#5b6275;--paper:#fff;--ground:#f4f6fa;--line:#dfe3eb;--accent:#4f46e5;--bad:#b42318;--good:#067647}
@media (prefers-color-scheme:dark){:root{--ink:#eceef5;--dim:#a3aabd;--paper:#1b2030;--ground:#12151f;--line:#333a4f;--accent:#8b85ff;--bad:#ff8a7d;--good:#5fd39a}}
*{box-sizing:border-box}body{margin:0;font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--ground)}
.note{background:#7a4d00;color:#fff;text-align:center;padding:.5rem 1rem;font-size:.875rem}
main{max-width:34rem;margin:2rem auto;padding:1.5rem;background:var(--paper);border:1px solid var(--line);border-radius:.75rem}
main.wide{max-width:48rem}h1{font-size:1.375rem;margin:0 0 .25rem}h2{font-size:1.0625rem;margin:1.5rem 0 .5rem}p{margin:.25rem 0 1rem;color:var(--dim)}
table{width:100%;border-collapse:collapse;margin:1rem 0}td,th{padding:.5rem .25rem;border-bottom:1px solid var(--line);text-align:left;font-weight:400}
td:last-child,th:last-child{text-align:right;font-variant-numeric:tabular-nums}tr.total td{font-weight:600;border:0}
label{display:block;font-size:.875rem;margin:.75rem 0 .25rem}input,select{width:100%;padding:.6rem .7rem;font:inherit;color:inherit;background:transparent;border:1px solid var(--line);border-radius:.4rem}
select option{color:#1a1f36}button,a.button{display:inline-block;padding:.65rem 1rem;font:inherit;font-weight:600;border:1px solid var(--accent);border-radius:.4rem;background:var(--accent);color:#fff;cursor:pointer;text-decoration:none}
@media (prefers-color-scheme:dark){button,a.button{color:#12151f}}
button.wide{width:100%;margin-top:1.25rem}button.plain,a.plain{background:transparent;color:var(--accent)}a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}.error{color:var(--bad);font-weight:600}.good{color:var(--good)}
.row{display:flex;gap:.75rem}.row>*{flex:1}small{color:var(--dim)}form.inline{display:inline}
@media (max-width:36rem){main{margin:0;border-radius:0;border-width:0}}`;

/** A page of the double. It says at its top that nothing is real. */
export function htmlPage(title: string, content: string, wide = false): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escaped(title)}</title><style>${STYLE}</style></head><body><div class="note">Test payments: this is not Stripe, and no money moves.</div><main${wide ? ' class="wide"' : ''}>${content}</main></body></html>`;
}
