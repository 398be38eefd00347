import { ago, emptyState, formatMoment, Listing, listingState, pageStyles, problemMessage } from '@bazaar/sdk/ui';
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Page, TaskView } from '../api/types.ts';
import { AppElement } from '../app/app-element.ts';
import { pluginName } from '../plugin-host/plugin-name.ts';
import { byUrgency } from './urgency.ts';

const PRIORITIES: Record<TaskView['priority'], { title: string; look: string }> = {
  urgent: { title: 'Urgent', look: 'danger' },
  high: { title: 'High', look: 'warning' },
  normal: { title: 'Normal', look: '' },
  low: { title: 'Low', look: '' },
};

/** What plugins ask people to do. */
class Tasks extends AppElement {
  static override properties = { ...AppElement.properties, closing: { state: true } };

  static override styles = pageStyles;

  /** Ids of the tasks that are being closed. */
  declare closing: ReadonlySet<string>;

  readonly #tasks = new Listing<TaskView>(this, ({ limit, cursor }) => {
    const query = new URLSearchParams({ limit: String(limit), ...(cursor === undefined ? {} : { cursor }) });
    return this.app.api.json<Page<TaskView>>('GET', `/api/tasks?${query}`);
  });

  constructor() {
    super();
    this.closing = new Set();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#tasks.restart();
    for (const event of ['task.changed', 'reconnected']) {
      this.whileConnected(this.app.realtime.on(event, () => void this.#tasks.refresh()));
    }
  }

  async #close(task: TaskView, how: 'done' | 'dismiss'): Promise<void> {
    this.closing = new Set([...this.closing, task.id]);
    try {
      await this.app.api.json('POST', `/api/tasks/${task.id}/${how}`, { body: {} });
      this.app.notify(how === 'done' ? 'Marked as done.' : 'Dismissed.', 'success');
    } catch (error) {
      this.app.notify(problemMessage(error), 'error');
    }
    await Promise.all([this.#tasks.refresh(), this.app.shell.load()]);
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
      ${listingState(this.#tasks, {
        noun: ['task', 'tasks'],
        none: () => emptyState('circle-check', 'All done', 'When a plugin needs a decision from you, it appears here.'),
        show: (tasks) => this.#list(tasks),
      })}
    </div>`;
  }

  #list(tasks: TaskView[]) {
    const now = Date.now();
    return html`<ul class="list rows card flush">
      ${repeat(
        tasks.toSorted(byUrgency),
        ({ id }) => id,
        (task) => this.#item(task, now),
      )}
    </ul>`;
  }

  #item(task: TaskView, now: number) {
    const { title, look } = PRIORITIES[task.priority];
    const button = (how: 'done' | 'dismiss', text: string) => html`<vaadin-button
      theme=${how === 'done' ? 'small' : 'small tertiary'}
      aria-label="${text}: ${task.title}"
      ?disabled=${this.closing.has(task.id)}
      @click=${() => this.#close(task, how)}
    >
      ${text}
    </vaadin-button>`;
    return html`<li>
      <div class="stack tight">
        <h2>${task.link === null ? task.title : html`<a href=${task.link}>${task.title}</a>`}</h2>
        ${task.description === null ? nothing : html`<p class="muted">${task.description}</p>`}
        <p class="row small muted">
          <span class="chip ${look}">${title}</span>
          ${pluginName(this.app.shell.data, task.plugin)}
          <time datetime=${task.createdAt} title=${formatMoment(task.createdAt)}>${ago(task.createdAt, now)}</time>
        </p>
      </div>
      <div class="actions">${button('done', 'Done')} ${button('dismiss', 'Dismiss')}</div>
    </li>`;
  }
}

customElements.define('bz-tasks', Tasks);
