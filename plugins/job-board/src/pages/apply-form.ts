import { html, type SafeHtml } from '@bazaar/sdk';
import type { Input } from '../context.ts';

/** A submission that failed, as the kernel hands it back to the page. */
type FailedForm = NonNullable<Input<'pages.job'>['form']>;

export interface ApplyForm {
  failed: FailedForm | undefined;
  /** Code of whoever referred the visitor, from the address. */
  referralCode: string | undefined;
  consentText: string;
}

interface Field {
  name: string;
  label: string;
  hint?: string;
  required?: boolean;
}

function entered(form: ApplyForm, name: string): string {
  const value = form.failed?.values[name];
  return typeof value === 'string' ? value : '';
}

function errorOf(form: ApplyForm, name: string): string | undefined {
  return form.failed?.errors.find(({ pointer }) => pointer === `/${name}` || pointer.startsWith(`/${name}/`))?.message;
}

/** Ties hint and error to their control for people who do not see them. */
function described(form: ApplyForm, { name, hint }: Field): SafeHtml | null {
  const ids = [hint === undefined ? null : `${name}-hint`, errorOf(form, name) === undefined ? null : `${name}-error`];
  const list = ids.filter((id) => id !== null).join(' ');
  return list === '' ? null : html` aria-describedby="${list}"`;
}

function attributes(form: ApplyForm, field: Field): SafeHtml {
  const { name, required } = field;
  return html`id="${name}" name="${name}"${described(form, field)}${errorOf(form, name) === undefined ? null : html` aria-invalid="true"`}${required ? html` required` : null}`;
}

function notes(form: ApplyForm, { name, hint }: Field): SafeHtml {
  const error = errorOf(form, name);
  return html`${hint === undefined ? null : html`<p class="hint" id="${name}-hint">${hint}</p>`}${
    error === undefined ? null : html`<p class="error" id="${name}-error">${error}</p>`
  }`;
}

function label({ name, label, required }: Field): SafeHtml {
  return html`<label for="${name}">${label}${required ? null : html` <span class="optional">optional</span>`}</label>`;
}

const NAME: Field = { name: 'name', label: 'Full name', required: true };
const EMAIL: Field = { name: 'email', label: 'E-mail', required: true };
const PHONE: Field = { name: 'phone', label: 'Phone' };
const LINKEDIN: Field = { name: 'linkedinUrl', label: 'LinkedIn profile' };
const CV: Field = { name: 'cv', label: 'CV', hint: 'PDF or Word document (.docx), at most 10 MB.' };
const LETTER: Field = { name: 'coverLetter', label: 'Cover letter' };

function summary(form: ApplyForm): SafeHtml | null {
  if (!form.failed) return null;
  const count = form.failed.errors.length;
  const message =
    count > 1 ? `Please look at ${count} fields below.` : (form.failed.message ?? 'Please look at the field below.');
  const again = html` If you had chosen a CV, choose it again: browsers do not keep files.`;
  return html`<div class="alert" role="alert"><p>${message}${again}</p></div>`;
}

/** The form to apply with; after a failed attempt with what was entered, and each message beside its field. */
export function applyForm(form: ApplyForm): SafeHtml {
  const code = form.referralCode ?? entered(form, 'referralCode');
  const consentError = errorOf(form, 'consent');
  return html`<section class="apply" id="apply" aria-labelledby="apply-title">
<h2 id="apply-title">Apply for this job</h2>
${summary(form)}
<form method="post" enctype="multipart/form-data" novalidate>
<div class="field">${label(NAME)}<input type="text" autocomplete="name" maxlength="120" value="${entered(form, 'name')}" ${attributes(form, NAME)}>${notes(form, NAME)}</div>
<div class="field">${label(EMAIL)}<input type="email" autocomplete="email" maxlength="200" value="${entered(form, 'email')}" ${attributes(form, EMAIL)}>${notes(form, EMAIL)}</div>
<div class="field">${label(PHONE)}<input type="tel" autocomplete="tel" maxlength="40" value="${entered(form, 'phone')}" ${attributes(form, PHONE)}>${notes(form, PHONE)}</div>
<div class="field">${label(LINKEDIN)}<input type="url" maxlength="300" placeholder="https://" value="${entered(form, 'linkedinUrl')}" ${attributes(form, LINKEDIN)}>${notes(form, LINKEDIN)}</div>
<div class="field">${label(CV)}<input type="file" accept=".pdf,.docx,application/pdf,application/vnd.openxmlformats-officedocument.wordprocessingml.document" ${attributes(form, CV)}>${notes(form, CV)}</div>
<div class="field">${label(LETTER)}<textarea rows="8" maxlength="10000" ${attributes(form, LETTER)}>${entered(form, 'coverLetter')}</textarea>${notes(form, LETTER)}</div>
<div class="field checkbox"><input type="checkbox" id="consent" name="consent" value="true" required${entered(form, 'consent') === 'true' ? html` checked` : null}${
    consentError === undefined ? null : html` aria-invalid="true" aria-describedby="consent-error"`
  }><label for="consent">${form.consentText}</label>${
    consentError === undefined
      ? null
      : html`<p class="error" id="consent-error">Please tick the box: we can only take your application with your consent.</p>`
  }</div>
${code === '' ? null : html`<input type="hidden" name="referralCode" value="${code}">`}
<button type="submit">Send application</button>
</form>
</section>`;
}
