import {
  ago,
  emptyState,
  formatDay,
  formatMoment,
  Listing,
  listingState,
  pageStyles,
  problemMessage,
} from '@bazaar/sdk/ui';
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { readPage } from '../api/read-page.ts';
import type { TaskView } from '../api/types.ts';
import { AppElement } from '../app/app-element.ts';
import { pluginName } from '../plugin-host/plugin-name.ts';
import { byUrgency } from './urgency.ts';

const PRIORITIES: Record<TaskView['priority'], { title: string; look: string }> = {
  urgent: { title: 'Urgent', look: 'danger' },
  high: { title: 'High', look: 'warning' },
  normal: { title: 'Normal', look: '' },
  low: { title: 'Low', look: '' },
};

const OWN = '/api/tasks';
const OPERATORS = '/api/operator/tasks';

/** What plugins ask people to do, and the platform its operators. */
class Tasks extends AppElement {
  static override properties = { ...AppElement.properties, closing: { state: true } };

  static override styles = pageStyles;

  /** Ids of the tasks that are being closed. */
  declare closing: ReadonlySet<string>;

  readonly #tasks = this.#listing(OWN);
  readonly #operators = this.#listing(OPERATORS);

  constructor() {
    super();
    this.closing = new Set();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#refresh();
    for (const event of ['task.changed', 'reconnected']) {
      this.whileConnected(this.app.realtime.on(event, () => void this.#refresh()));
    }
  }

  #listing(path: string): Listing<TaskView> {
    return new Listing<TaskView>(this, (page) => readPage(this.app.api, path, page));
  }

  get #isOperator(): boolean {
    return this.app.shell.data?.user.isOperator === true;
  }

  async #refresh(): Promise<void> {
    await Promise.all([this.#tasks.refresh(), ...(this.#isOperator ? [this.#operators.refresh()] : [])]);
  }

  async #close(task: TaskView, path: string, how: 'done' | 'dismiss'): Promise<void> {
    this.closing = new Set([...this.closing, task.id]);
    try {
      await this.app.api.json('POST', `${path}/${task.id}/${how}`, { body: {} });
      this.app.notify(how === 'done' ? 'Marked as done.' : 'Dismissed.', 'success');
    } catch (error) {
      this.app.notify(problemMessage(error), 'error');
    }
    await Promise.all([this.#refresh(), this.app.shell.load()]);
    this.closing = new Set([...this.closing].filter((id) => id !== task.id));
  }

  override render() {
    return html`<div class="page">
      <header class="page-header">
        <div>
          <h1>Tasks</h1>
          <p class="subtitle">What needs a person: your plugins ask for it here.</p>
        </div>
      </header>
      ${this.#isOperator ? this.#forOperators() : nothing}
      ${listingState(this.#tasks, {
        noun: ['task', 'tasks'],
        none: () =>
          this.#operators.items?.length
            ? html`<p class="muted">Nothing else is waiting in this workspace.</p>`
            : emptyState('circle-check', 'All done', 'When a plugin needs a decision from you, it appears here.'),
        show: (tasks) => this.#list(tasks, OWN),
      })}
    </div>`;
  }

  /** Of the platform, whichever workspace the operator is in. */
  #forOperators() {
    const { items, failure } = this.#operators;
    if (!items?.length && failure === null) return nothing;
    return listingState(this.#operators, {
      noun: ['task of the platform', 'tasks of the platform'],
      none: () => html`<p class="muted">Nothing of the platform is waiting.</p>`,
      show: (tasks) => this.#list(tasks, OPERATORS),
    });
  }

  #list(tasks: TaskView[], path: string) {
    const now = Date.now();
    return html`<ul class="list rows card flush" aria-label=${path === OWN ? 'Tasks' : 'Tasks of the platform'}>
      ${repeat(
        tasks.toSorted(byUrgency),
        ({ id }) => id,
        (task) => this.#item(task, path, now),
      )}
    </ul>`;
  }

  #item(task: TaskView, path: string, now: number) {
    const { title, look } = PRIORITIES[task.priority];
    const button = (how: 'done' | 'dismiss', text: string) => html`<vaadin-button
      theme=${how === 'done' ? 'small' : 'small tertiary'}
      aria-label="${text}: ${task.title}"
      ?disabled=${this.closing.has(task.id)}
      @click=${() => this.#close(task, path, how)}
    >
      ${text}
    </vaadin-button>`;
    return html`<li>
      <div class="stack tight">
        <h2>${task.link === null ? task.title : html`<a href=${task.link}>${task.title}</a>`}</h2>
        ${task.description === null ? nothing : html`<p class="muted">${task.description}</p>`}
        <p class="row small muted">
          <span class="chip ${look}">${title}</span>
          ${path === OWN ? pluginName(this.app.shell.data, task.plugin) : 'Platform'}
          ${task.dueAt ? this.#due(task.dueAt, now) : nothing}
          <time datetime=${task.createdAt} title=${formatMoment(task.createdAt)}>${ago(task.createdAt, now)}</time>
        </p>
      </div>
      <div class="actions">${button('done', 'Done')} ${button('dismiss', 'Dismiss')}</div>
    </li>`;
  }

  #due(dueAt: string, now: number) {
    const isPast = Date.parse(dueAt) < now;
    return html`<time datetime=${dueAt} title=${formatMoment(dueAt)} class=${isPast ? 'chip danger' : ''}
      >${isPast ? 'Was due' : 'Due'} ${formatDay(dueAt)}</time
    >`;
  }
}

customElements.define('bz-tasks', Tasks);
