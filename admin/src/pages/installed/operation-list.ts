import { ago, formatMoment } from '@bazaar/sdk/ui';
import { html, nothing } from 'lit';
import { chip } from '../plugins/parts.ts';
import { operationChip, operationNote, operationTitle } from './describe.ts';
import type { Operation } from './types.ts';

/** What is and was done to plugins, the newest first. `nameOf` names plugins. */
export function operationList(operations: readonly Operation[], nameOf: (plugin: string) => string) {
  return html`<section class="card flush" aria-labelledby="operations">
    <h2 id="operations" class="head">What was done last</h2>
    ${
      operations.length === 0
        ? html`<p class="head muted">Nothing was done yet.</p>`
        : html`<ul class="list rows">${operations.map((one) => html`<li>${operationRow(one, nameOf)}</li>`)}</ul>`
    }
  </section>`;
}

function operationRow(operation: Operation, nameOf: (plugin: string) => string) {
  const { plugin, version, startedAt } = operation;
  const note = operationNote(operation);
  return html`<div class="stack tight">
    <p class="row">
      <span>${nameOf(plugin)}${version === null ? '' : ` ${version}`}: ${operationTitle(operation)}</span>
      ${chip(operationChip(operation))}
      <time class="small muted" datetime=${startedAt} title=${formatMoment(startedAt)}>${ago(startedAt)}</time>
    </p>
    ${note === '' ? nothing : html`<p class="small muted">${note}</p>`}
  </div>`;
}
