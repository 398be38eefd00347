import { ago, formatMoment, pageStyles } from '@bazaar/sdk/ui';
import { css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Page, TaskView } from '../api/types.ts';
import { AppElement } from '../app/app-element.ts';
import { pluginName } from '../plugin-host/plugin-name.ts';
import { failureState, loadingState } from '../shell/states.ts';
import { Reading } from './reading.ts';
import { byUrgency } from './urgency.ts';

const PRIORITIES: Record<TaskView['priority'], { title: string; look: string }> = {
  urgent: { title: 'Urgent', look: 'danger' },
  high: { title: 'High', look: 'warning' },
  normal: { title: 'Normal', look: '' },
  low: { title: 'Low', look: '' },
};

class Tasks extends AppElement {
  static override styles = [
    pageStyles,
    css`
      li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: var(--bz-space-1) var(--bz-space-4);
        align-items: center;
      }
      li h2 {
        font-size: var(--bz-text-m);
      }
      li .actions {
        grid-row: 1 / span 3;
        grid-column: 2;
      }
      @media (max-width: 640px) {
        li .actions {
          grid-row: auto;
          grid-column: 1;
        }
      }
    `,
  ];

  #cursor: string | undefined;

  readonly #tasks = new Reading<TaskView[]>(this, async () => {
    const page = await this.app.api.json<Page<TaskView>>('GET', '/api/tasks?limit=100');
    this.#cursor = page.nextCursor;
    return page.items;
  });

  override connectedCallback(): void {
    super.connectedCallback();
    for (const event of ['task.changed', 'reconnected']) {
      this.whileConnected(this.app.realtime.on(event, () => void this.#tasks.run()));
    }
  }

  async #close(task: TaskView, how: 'done' | 'dismiss'): Promise<void> {
    await this.app.api.json('POST', `/api/tasks/${task.id}/${how}`, { body: {} });
    this.app.notify(how === 'done' ? 'Marked as done.' : 'Dismissed.', 'success');
    await Promise.all([this.#tasks.run(), this.app.shell.load()]);
  }

  async #more(): Promise<void> {
    const query = new URLSearchParams({ limit: '100', cursor: this.#cursor ?? '' });
    const page = await this.app.api.json<Page<TaskView>>('GET', `/api/tasks?${query}`);
    this.#cursor = page.nextCursor;
    this.#tasks.value = [...(this.#tasks.value ?? []), ...page.items];
    this.requestUpdate();
  }

  override render() {
    const { value, failure } = this.#tasks;
    if (!value) return failure === null ? loadingState('tasks') : failureState(failure, () => this.#tasks.run());
    return html`<div class="page">
      <header class="page-header">
        <div>
          <h1>Tasks</h1>
          <p class="subtitle">What needs a person: your plugins ask for it here.</p>
        </div>
      </header>
      ${value.length === 0 ? this.#empty() : this.#list(value)}
    </div>`;
  }

  #list(tasks: TaskView[]) {
    const now = Date.now();
    return html`
      <ul class="list card flush">
        ${repeat(
          tasks.toSorted(byUrgency),
          ({ id }) => id,
          (task) => this.#item(task, now),
        )}
      </ul>
      ${
        this.#cursor === undefined
          ? nothing
          : html`<div class="row"><vaadin-button @click=${() => this.#more()}>Show more</vaadin-button></div>`
      }
    `;
  }

  #item(task: TaskView, now: number) {
    const { title, look } = PRIORITIES[task.priority];
    return html`<li>
      <h2>${task.link === null ? task.title : html`<a href=${task.link}>${task.title}</a>`}</h2>
      ${task.description === null ? nothing : html`<p class="muted">${task.description}</p>`}
      <p class="row small muted">
        <span class="chip ${look}">${title}</span>
        ${pluginName(this.app.shell.data, task.plugin)}
        <time datetime=${task.createdAt} title=${formatMoment(task.createdAt)}>${ago(task.createdAt, now)}</time>
      </p>
      <div class="actions">
        <vaadin-button theme="small" aria-label="Done: ${task.title}" @click=${() => this.#close(task, 'done')}>
          Done
        </vaadin-button>
        <vaadin-button
          theme="small tertiary"
          aria-label="Dismiss: ${task.title}"
          @click=${() => this.#close(task, 'dismiss')}
        >
          Dismiss
        </vaadin-button>
      </div>
    </li>`;
  }

  #empty() {
    return html`<div class="empty">
      <bazaar-icon name="circle-check"></bazaar-icon>
      <h2>All done</h2>
      <p>When a plugin needs a decision from you, it appears here.</p>
    </div>`;
  }
}

customElements.define('bz-tasks', Tasks);
