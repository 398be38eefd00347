import { formatDay } from '@bazaar/sdk/ui';
import { css, html, nothing } from 'lit';
import { formatMoney } from '../format.ts';
import { type Pager, pagerButtons } from '../pager.ts';
import { chip } from '../plugins/parts.ts';
import { creditText, invoiceChip } from './describe.ts';
import type { InvoiceView } from './types.ts';

export const invoiceStyles = css`
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    padding: var(--bz-space-3) var(--bz-space-2);
    text-align: start;
  }
  th {
    font-size: var(--bz-text-s);
    font-weight: 550;
    color: var(--bz-text-muted);
  }
  tbody tr {
    border-block-start: 1px solid var(--bz-border);
  }
  .end {
    text-align: end;
  }
  .scroll {
    overflow-x: auto;
  }
  :is(th, td):first-child {
    padding-inline-start: var(--bz-space-5);
  }
  :is(th, td):last-child {
    padding-inline-end: var(--bz-space-5);
  }
  td.number {
    white-space: nowrap;
  }
  .head.foot {
    padding-block-end: var(--bz-space-4);
  }
  .documents {
    display: flex;
    gap: var(--bz-space-3);
    justify-content: flex-end;
  }
  .credit {
    white-space: normal;
  }
  .phone {
    display: none;
  }
  @media (max-width: 640px) {
    .wide {
      display: none;
    }
    .phone {
      display: block;
    }
    .documents {
      flex-direction: column;
      gap: var(--bz-space-1);
    }
  }
`;

/** What was charged, with the provider's documents. `name` names what a plugin's invoice is for. */
export function invoiceList(invoices: Pager<InvoiceView>, name: (plugin: string | null) => string) {
  const items = invoices.value?.items ?? [];
  return html`<section class="card flush" aria-labelledby="invoices">
    <div class="head"><h2 id="invoices">Invoices</h2></div>
    ${
      items.length === 0
        ? html`<p class="muted head foot">Invoices appear here with the first payment.</p>`
        : html`<div class="scroll" tabindex="0" role="region" aria-labelledby="invoices">
            <table>
              <thead>
                <tr>
                  <th scope="col">Date</th>
                  <th scope="col" class="wide">Number</th>
                  <th scope="col" class="wide">For</th>
                  <th scope="col">State</th>
                  <th scope="col" class="end">Amount</th>
                  <th scope="col"><span class="visually-hidden">Documents</span></th>
                </tr>
              </thead>
              <tbody>
                ${items.map((invoice) => invoiceRow(invoice, name(invoice.plugin)))}
              </tbody>
            </table>
          </div>`
    }
    ${invoices.page > 1 || invoices.hasOlder ? html`<div class="head foot">${pagerButtons(invoices)}</div>` : nothing}
  </section>`;
}

function invoiceRow(invoice: InvoiceView, name: string) {
  const { number, currency, total, page, pdf, createdAt, status } = invoice;
  const credit = creditText(invoice);
  const verb = status === 'open' ? 'Pay' : 'Show';
  return html`<tr>
    <td class="number">${formatDay(createdAt)} <span class="phone small muted">${name}</span></td>
    <td class="number wide">${number ?? '–'}</td>
    <td class="wide">${name}</td>
    <td>${chip(invoiceChip(invoice))}</td>
    <td class="number end">
      ${formatMoney(total, currency)} ${credit === null ? nothing : html`<div class="small muted credit">${credit}</div>`}
    </td>
    <td class="end">
      <span class="documents">
        ${page === null ? nothing : html`<a href=${page} rel="external" aria-label="${verb} invoice ${number}">${verb}</a>`}
        ${pdf === null ? nothing : html`<a href=${pdf} rel="external" aria-label="Invoice ${number} as PDF">PDF</a>`}
      </span>
    </td>
  </tr>`;
}
