import '@vaadin/integer-field';
import '@vaadin/select';
import '@vaadin/text-field';
import { html } from 'lit';
import { formDialog } from '../form-dialog.ts';
import { slugsIn, triable } from './describe.ts';
import type { CanaryDraft } from './types.ts';

interface Question {
  /** `null` while the dialog is closed. */
  asked: CanaryDraft | null;
  /** What the server refused, by field. */
  errors: ReadonlyMap<string, string>;
  busy: boolean;
  changed(change: Partial<CanaryDraft>): void;
  close(): void;
  submit(asked: CanaryDraft): void;
}

function isComplete({ percent, tenants }: CanaryDraft): boolean {
  return (percent !== null && percent > 0 && percent <= 100) || slugsIn(tenants).length > 0;
}

function fields({ plugin, version, percent, tenants }: CanaryDraft, { errors, changed }: Question) {
  const ofTenants = [...errors].find(([pointer]) => pointer.startsWith('/tenants'))?.[1] ?? '';
  const ofPercent = errors.get('/percent') ?? '';
  return html`
    <vaadin-select
      label="Version"
      .items=${triable(plugin).map((one) => ({ value: one, label: one }))}
      .value=${version}
      @value-changed=${(event: CustomEvent<{ value: string }>) => {
        if (event.detail.value !== version && event.detail.value !== '') changed({ version: event.detail.value });
      }}
    ></vaadin-select>
    <vaadin-integer-field
      label="Percent of the workspaces"
      min="0"
      max="100"
      step-buttons-visible
      manual-validation
      ?invalid=${ofPercent !== ''}
      .errorMessage=${ofPercent}
      .value=${percent === null ? '' : String(percent)}
      @value-changed=${(event: CustomEvent<{ value: string }>) => {
        const { value } = event.detail;
        const wanted = value === '' ? null : Number(value);
        if (wanted !== percent) changed({ percent: wanted });
      }}
    ></vaadin-integer-field>
    <vaadin-text-field
      label="Workspaces besides"
      helper-text="Short names, with commas between."
      manual-validation
      ?invalid=${ofTenants !== ''}
      .errorMessage=${ofTenants}
      .value=${tenants}
      @input=${(event: Event) => changed({ tenants: (event.currentTarget as HTMLInputElement).value })}
    ></vaadin-text-field>
  `;
}

/** Asks which workspaces are to try a version. */
export function canaryDialog(question: Question) {
  const { errors, busy } = question;
  return formDialog({
    ...question,
    title: ({ plugin }) => `Try a version of ${plugin.name}`,
    width: '28rem',
    content: (asked) => html`<p>
        The others stay at ${asked.plugin.activeVersion}. The trial ends by itself when more than 5 % of at least 20
        calls fail.
      </p>
      ${fields(asked, question)}`,
    shows: [errors],
    button: () => (busy ? 'Starting…' : 'Start the trial'),
    isComplete,
  });
}
