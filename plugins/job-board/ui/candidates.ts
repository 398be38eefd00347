import {
  BazaarElement,
  counted,
  emptyState,
  FilteredListing,
  joined,
  listingState,
  may,
  NarrowScreen,
  Reading,
  readingState,
  timeAgo,
} from '@bazaar/sdk/ui';
import { columnBodyRenderer } from '@vaadin/grid/lit.js';
import { css, html, nothing, type PropertyValues } from 'lit';
import type { Output } from '../src/context.ts';
import { formatMoney } from '../src/jobs/money.ts';
import { AVAILABILITIES, EDUCATION_LEVELS, SALARY_UNITS, SOURCES } from '../src/labels.ts';
import { call } from './parts/call.ts';
import { applicationChip, scoreChip, skillChips } from './parts/chips.ts';
import { formatExperience } from './parts/format.ts';

type Line = Output<'candidates.list'>['items'][number];
type Candidate = Output<'candidates.get'>;

/** All candidates; one of them, named by `?id=`, beside the list. */
class Candidates extends BazaarElement {
  static override styles = [
    BazaarElement.styles,
    css`
      vaadin-grid {
        height: auto;
      }
      .name {
        font-weight: 550;
      }
      .sub {
        display: block;
        white-space: normal;
      }
      .title {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: var(--bz-space-2);
        align-items: start;
      }
      @media (max-width: 999px) {
        /* There is room for one of them only: the list is where one comes from. */
        .open :is(.toolbar, .with-aside > div) {
          display: none;
        }
      }
      @media (min-width: 1000px) {
        .open > .with-aside {
          grid-template-columns: minmax(0, 1fr) 24rem;
        }
        :not(.open) > .with-aside {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  readonly #narrow = new NarrowScreen(this);
  readonly #candidates = new FilteredListing<Line, { text?: string }>(
    this,
    {},
    (filter, page) => call(this.ctx, 'candidates.list', { ...filter, ...page }),
    {
      names: ['text'],
      params: () => this.ctx.params,
      keep: () => this.ctx.navigate(this.#pathTo(this.ctx.params.id), { replace: true }),
    },
  );
  readonly #candidate = new Reading<Candidate>(this, () =>
    call(this.ctx, 'candidates.get', { id: this.ctx.params.id ?? '' }),
  );

  override connectedCallback(): void {
    super.connectedCallback();
    for (const event of ['job-board.application.submitted', 'reconnected'])
      this.listen(event, () => this.#candidates.refreshSoon());
  }

  /** The list as it is filtered, with this candidate beside it. */
  #pathTo(id?: string): string {
    return `/job-board/candidates${this.#candidates.query({ id })}`;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('ctx');
    if (!changed.has('ctx') || before?.params.id === this.ctx.params.id) return;
    this.#candidate.clear();
    if (this.ctx.params.id !== undefined) void this.#candidate.run();
  }

  override render() {
    const open = this.ctx.params.id !== undefined;
    return html`<div class="page ${open ? 'open' : ''}">
      <header class="page-header">
        <div>
          <h1>Candidates</h1>
          <p class="subtitle">Everyone who has ever applied, once each, whatever they applied to.</p>
        </div>
      </header>
      <div class="toolbar" role="search" aria-label="Find candidates">
        <vaadin-text-field
          class="grow"
          label="Search"
          placeholder="Name, skill, place, licence …"
          clear-button-visible
          .value=${this.#candidates.filter.text ?? ''}
          @value-changed=${(event: Event) => this.#candidates.type('text', (event.currentTarget as HTMLInputElement).value)}
        ><bazaar-icon name="search" slot="prefix"></bazaar-icon></vaadin-text-field>
      </div>
      <div class="with-aside">
        <div class="stack">
          ${listingState(this.#candidates, {
            noun: ['candidate', 'candidates'],
            none: () => emptyState('users', 'No candidates', 'They appear here as soon as somebody applies.'),
            show: (items) => this.#table(items),
          })}
        </div>
        ${open ? this.#profile() : nothing}
      </div>
    </div>`;
  }

  #table(items: Line[]) {
    const narrow = this.#narrow.matches;
    const open = this.ctx.params.id !== undefined;
    return html`
      <vaadin-grid .items=${items} all-rows-visible aria-label="Candidates" theme="no-border wrap-cell-content">
        <vaadin-grid-column
          header="Candidate"
          flex-grow="2"
          width="13rem"
          ${columnBodyRenderer<Line>(
            (line) => html`<a class="name" href=${this.#pathTo(line.id)}>${line.fullName}</a>
              <span class="sub small muted"><bdi>${line.headline ?? line.email}</bdi></span>
              ${narrow ? html`<span class="sub small muted">${counted(line.applications, 'application')}, since ${timeAgo(line.createdAt)}</span>` : nothing}`,
            [narrow],
          )}
        ></vaadin-grid-column>
        <vaadin-grid-column
          ?hidden=${narrow}
          header="Skills"
          flex-grow="3"
          width="14rem"
          ${columnBodyRenderer<Line>(
            (line) =>
              html`<span class="small">${joined(line.skills.slice(0, 5), ', ')}${line.skills.length > 5 ? ` + ${line.skills.length - 5}` : nothing}</span>`,
            [],
          )}
        ></vaadin-grid-column>
        <vaadin-grid-column ?hidden=${narrow} header="Experience" width="7rem" flex-grow="0" ${columnBodyRenderer<Line>((line) => html`${formatExperience(line.experienceMonths) || html`<span class="muted">–</span>`}`, [])}></vaadin-grid-column>
        <vaadin-grid-column
          ?hidden=${narrow}
          header="Applications"
          width="9rem"
          flex-grow="0"
          ${columnBodyRenderer<Line>(
            (line) => html`<span class="number">${line.applications}</span>
              <span class="small muted">${line.activeApplications} under way</span>`,
            [],
          )}
        ></vaadin-grid-column>
        <vaadin-grid-column
          ?hidden=${narrow || open}
          header="Since"
          width="8rem"
          flex-grow="0"
          ${columnBodyRenderer<Line>((line) => timeAgo(line.createdAt), [])}
        ></vaadin-grid-column>
      </vaadin-grid>
    `;
  }

  #profile() {
    return html`<aside class="card stack" aria-label="Candidate" aria-live="polite">
      ${readingState(this.#candidate, { what: 'the candidate', show: (candidate) => this.#details(candidate) })}
    </aside>`;
  }

  #details(candidate: Candidate) {
    const { desiredSalaryMin: wish, desiredSalaryCurrency: currency, desiredSalaryUnit: unit } = candidate;
    const facts: [string, unknown][] = [
      ['E-mail', html`<a href="mailto:${candidate.email}">${candidate.email}</a>`],
      ['Phone', candidate.phone],
      ['Place', candidate.location],
      ['Position', [candidate.currentTitle, candidate.currentCompany].filter(Boolean).join(', ')],
      ['Profession', [candidate.profession, candidate.specialty].filter(Boolean).join(' · ')],
      ['Experience', formatExperience(candidate.experienceMonths)],
      ['Education', candidate.educationLevel === null ? null : EDUCATION_LEVELS[candidate.educationLevel]],
      ['Available', candidate.availability === null ? null : AVAILABILITIES[candidate.availability]],
      ['Moves', candidate.relocate],
      [
        'Expects',
        wish === null || currency === null
          ? null
          : `${formatMoney(wish, currency)} ${unit === null ? '' : SALARY_UNITS[unit]}`,
      ],
      ['Languages', candidate.languages.join(', ')],
      ['Licences', candidate.licences.join('; ')],
      ['Certificates', candidate.certifications.join('; ')],
      ['Source', candidate.source === null ? null : SOURCES[candidate.source]],
    ];
    return html`
      <div class="title">
        <h2>${candidate.fullName}</h2>
        <vaadin-button theme="tertiary icon" aria-label="Back to all candidates" @click=${() => this.ctx.navigate(this.#pathTo())}>
          <bazaar-icon name="x"></bazaar-icon>
        </vaadin-button>
      </div>
      ${candidate.summary === null ? nothing : html`<p class="text">${candidate.summary}</p>`}
      <dl class="facts">${facts.filter(([, fact]) => fact).map(([name, fact]) => html`<dt>${name}</dt><dd>${fact}</dd>`)}</dl>
      <div class="stack tight"><h3>Skills</h3>${skillChips(candidate.skills, '', 'None recorded.')}</div>
      <div class="stack tight">
        <h3>Applications</h3>
        <ul class="list">
          ${candidate.applications.map(
            (item) => html`<li class="row between">
              ${
                may(this.ctx, 'applications.read')
                  ? html`<a href="/job-board/applications/${item.id}">${item.jobTitle}</a>`
                  : html`<span>${item.jobTitle}</span>`
              }
              <span class="row">${applicationChip(item.status)} ${scoreChip(item.score)}</span>
            </li>`,
          )}
        </ul>
      </div>
    `;
  }
}

customElements.define('job-board-candidates', Candidates);
