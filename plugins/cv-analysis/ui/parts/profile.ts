import { counted, joined } from '@bazaar/sdk/ui';
import { css, html, nothing, type TemplateResult } from 'lit';
import { byCategory, type Cv, type Gap, type Position, stations } from './career.ts';
import { evidenceChip, evidenceLine, evidenceStyles } from './evidence.ts';
import { formatMonths, formatMonthsBriefly, formatPartial, formatSpan } from './format.ts';
import { EDUCATION_LEVELS } from './words.ts';

type Part = TemplateResult | typeof nothing;

/** Two ways of saying how long somebody has worked are shown apart when they differ by more. */
const NOTABLE_DIFFERENCE = 12;

export function experienceSection(cv: Cv): Part {
  const { experienceMonths: months, statedExperienceMonths: stated } = cv;
  const differs = stated !== null && Math.abs(stated - months) > NOTABLE_DIFFERENCE;
  return html`<section class="card stack" aria-label="Experience">
    <div class="row between">
      <h2>Experience</h2>
      ${months === 0 ? nothing : html`<span class="muted">${formatMonths(months)} by dated positions</span>`}
    </div>
    ${differs ? html`<p class="small muted">The CV itself speaks of ${formatMonths(stated)}.</p>` : nothing}
    ${
      cv.experience.length === 0
        ? html`<p class="muted">No positions were found.</p>`
        : html`<ol class="career">${stations(cv).map(({ position, gap }) => (position ? positionItem(position) : gapItem(gap)))}</ol>`
    }
  </section>`;
}

function positionItem(position: Position) {
  const { title, company, location, start, end, isCurrent, months, description, passage } = position;
  const place = [company, location].filter(Boolean).join(', ');
  return html`<li class=${isCurrent ? 'current' : ''}>
    <div class="row between">
      <h3>${title ?? company ?? 'Position'}</h3>
      ${isCurrent ? html`<span class="chip info">Current</span>` : nothing}
    </div>
    ${title !== null && place !== '' ? html`<p><bdi>${place}</bdi></p>` : nothing}
    <p class="small muted number">
      ${[formatSpan(start, end, isCurrent), months === null ? '' : formatMonths(months)].filter(Boolean).join(' · ') || 'No dates'}
    </p>
    ${
      description.length === 0
        ? nothing
        : html`<details class="duties">
            <summary class="small">${counted(description.length, 'line')} about the work</summary>
            <ul>${description.map((line) => html`<li><bdi>${line}</bdi></li>`)}</ul>
          </details>`
    }
    ${evidenceLine(passage)}
  </li>`;
}

function gapItem({ from, to, months }: Gap) {
  return html`<li class="gap">
    <p class="small">Nothing dated for ${formatMonths(months)} <span class="muted number">${formatPartial(from)} – ${formatPartial(to)}</span></p>
  </li>`;
}

/** Key words that only programs see are kept from the score; whether they were meant to deceive is for people to say. */
export function hiddenTextNote({ hiddenText }: Cv): Part {
  if (hiddenText === undefined) return nothing;
  return html`<div class="banner warning" role="note" aria-label="Hidden text">
    <bazaar-icon name="eye-off"></bazaar-icon>
    <div class="stack tight" style="flex: 1; min-width: 0">
      <strong>The file holds text that people do not see</strong>
      <p>It is in the colour of the paper, tiny or beside the page, and was left out of skills, score and search.</p>
      <details><summary class="small" style="width: fit-content; text-decoration: underline; cursor: pointer">Show the text</summary><p class="small" style="overflow-wrap: anywhere">${hiddenText}</p></details>
    </div>
  </div>`;
}

export function skillsSection({ skillDetails }: Cv): Part {
  return html`<section class="card stack" aria-label="Skills">
    <div class="row between">
      <h2>Skills</h2>
      <span class="muted">${skillDetails.length} found</span>
    </div>
    ${skillDetails.length === 0 ? html`<p class="muted">No skills were found.</p>` : html`<p class="small muted">Open a skill to see where the CV names it.</p>`}
    <div class="categories">
    ${byCategory(skillDetails).map(
      ([category, skills]) => html`<div class="stack tight">
        <h3>${category}</h3>
        <ul class="evidence-list">
          ${skills.map(({ name, months, evidence }) => evidenceChip(name, evidence, months > 0 ? { note: formatMonthsBriefly(months) } : {}))}
        </ul>
      </div>`,
    )}
    </div>
  </section>`;
}

export function educationSection({ education }: Cv): Part {
  return html`<section class="card stack" aria-label="Education">
    <h2>Education</h2>
    ${education.length === 0 ? html`<p class="muted">No education was found.</p>` : nothing}
    <ul class="entries">
      ${education.map(({ institution, degree, level, field, start, end, inProgress, grade, passage }) => {
        const name = degree ?? (level === null ? null : (EDUCATION_LEVELS[level] ?? null));
        const details = [formatSpan(start, end, inProgress), grade === null ? '' : `Grade ${grade}`];
        return html`<li>
          <div class="row">
            <h3>${[name, field !== null && name?.includes(field) ? null : field].filter(Boolean).join(', ') || institution || 'Education'}</h3>
            ${inProgress ? html`<span class="chip info">Under way</span>` : nothing}
          </div>
          ${name !== null || field !== null ? html`<p><bdi>${institution}</bdi></p>` : nothing}
          <p class="small muted number">${details.filter(Boolean).join(' · ')}</p>
          ${evidenceLine(passage)}
        </li>`;
      })}
    </ul>
  </section>`;
}

export function languagesSection({ languages }: Cv): Part {
  if (languages.length === 0) return nothing;
  return html`<section class="card stack" aria-label="Languages">
    <h2>Languages</h2>
    <ul class="evidence-list">
      ${languages.map(({ language, level, passage }) => evidenceChip(language, [passage], level === null ? {} : { note: level }))}
    </ul>
  </section>`;
}

export function certificationsSection({ certifications }: Cv): Part {
  if (certifications.length === 0) return nothing;
  return html`<section class="card stack" aria-label="Certificates">
    <h2>Certificates</h2>
    <ul class="entries">
      ${certifications.map(
        ({ name, issuer, date, expires, passage }) => html`<li>
          <h3>${name}</h3>
          <p class="small muted">${facts(issuer, date === null ? null : formatPartial(date), until(expires))}</p>
          ${evidenceLine(passage)}
        </li>`,
      )}
    </ul>
  </section>`;
}

export function licencesSection({ licences }: Cv): Part {
  if (licences.length === 0) return nothing;
  return html`<section class="card stack" aria-label="Licences">
    <h2>Licences</h2>
    <ul class="entries">
      ${licences.map(
        ({ type, state, number, expires, passage }) => html`<li>
          <h3>${type}</h3>
          <p class="small muted">${facts(state, number === null ? null : `No. ${number}`, until(expires))}</p>
          ${evidenceLine(passage)}
        </li>`,
      )}
    </ul>
  </section>`;
}

const until = (date: string | null) => (date === null ? null : `until ${formatPartial(date)}`);
const facts = (...list: (string | null)[]) => joined(list);

const LINK_KINDS: Record<string, string> = {
  linkedin: 'LinkedIn',
  github: 'GitHub',
  gitlab: 'GitLab',
  portfolio: 'Portfolio',
};

/** Only addresses of the web become links: what stands in a CV is foreign. */
function webAddress(url: string): string | null {
  const address = /^https?:\/\//i.test(url) ? url : /^[a-z][a-z0-9+.-]*:/i.test(url) ? null : `https://${url}`;
  return address !== null && URL.canParse(address) ? address : null;
}

export function contactSection({ contact }: Cv): Part {
  const { emails, phones, address, city, country, links } = contact;
  const place = address ?? [city, country].filter(Boolean).join(', ');
  const isEmpty = emails.length + phones.length + links.length === 0 && place === '';
  return html`<section class="card" aria-label="Contact">
    <h2>Contact</h2>
    ${isEmpty ? html`<p class="muted">No contact details were found.</p>` : nothing}
    <dl class="facts">
      ${emails.length === 0 ? nothing : html`<dt>E-mail</dt><dd>${emails.map((email) => html`<div><a href="mailto:${email}">${email}</a></div>`)}</dd>`}
      ${phones.length === 0 ? nothing : html`<dt>Phone</dt><dd>${phones.map((phone) => html`<div><a href="tel:${phone.replace(/[^+\d]/g, '')}">${phone}</a></div>`)}</dd>`}
      ${place === '' ? nothing : html`<dt>Place</dt><dd>${place}</dd>`}
      ${links.map(({ kind, url }) => {
        const href = webAddress(url);
        return html`<dt>${LINK_KINDS[kind] ?? 'Link'}</dt>
          <dd>${href === null ? url : html`<a href=${href} target="_blank" rel="noopener noreferrer">${url.replace(/^https?:\/\/(www\.)?/i, '')}</a>`}</dd>`;
      })}
    </dl>
  </section>`;
}

export const profileStyles = [
  evidenceStyles,
  css`
    .career,
    .entries {
      display: grid;
      gap: var(--bz-space-4);
      padding: 0;
      list-style: none;
    }
    .career > li {
      position: relative;
      display: grid;
      gap: 0.125rem;
      padding-inline-start: var(--bz-space-5);
      overflow-wrap: anywhere;
    }
    .entries > li {
      overflow-wrap: anywhere;
    }
    .career > li::before {
      content: '';
      position: absolute;
      inset-block: 0.4rem calc(-1 * var(--bz-space-4) - 0.4rem);
      inset-inline-start: 0.3125rem;
      width: 2px;
      background: var(--bz-border);
    }
    .career > li:last-child::before {
      display: none;
    }
    .career > li::after {
      content: '';
      position: absolute;
      inset-block-start: 0.3125rem;
      inset-inline-start: 0;
      width: 0.75rem;
      height: 0.75rem;
      border: 2px solid var(--bz-border-strong);
      border-radius: 50%;
      background: var(--bz-surface);
    }
    .career > .current::after {
      border-color: var(--bz-accent-text);
      background: var(--bz-accent-text);
    }
    .career > .gap {
      color: var(--bz-warning);
    }
    .career > .gap::before {
      background: repeating-linear-gradient(var(--bz-border-strong) 0 3px, transparent 3px 7px);
    }
    .career > .gap::after {
      border-style: dashed;
      border-color: var(--bz-warning);
    }
    .categories {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 16rem), 1fr));
      gap: var(--bz-space-4) var(--bz-space-5);
    }
    .categories > :has(details[open]) {
      grid-column: 1 / -1;
    }
    .duties > summary {
      width: fit-content;
      color: var(--bz-accent-text);
    }
    .duties > summary:hover {
      text-decoration: underline;
    }
    .duties > ul {
      margin-block: var(--bz-space-1) var(--bz-space-2);
      padding-inline-start: 1.125rem;
    }
  `,
];
