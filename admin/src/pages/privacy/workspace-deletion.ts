import { counted, formatDay, formatSize, formErrors, pageStyles, problemMessage, UiProblem } from '@bazaar/sdk/ui';
import { html, nothing, type PropertyValues } from 'lit';
import { AppElement } from '../../app/app-element.ts';
import { pluginName } from '../../plugin-host/plugin-name.ts';
import { failureState } from '../../shell/states.ts';
import { Reading } from '../reading.ts';
import { isConfirmed, typedConfirmation } from './typed-confirmation.ts';
import type { WorkspaceDeletion } from './types.ts';

/** For owners: what would go with the workspace, and the way to delete it. Shows nothing to others. */
class WorkspaceDeletionCard extends AppElement {
  static override properties = {
    ...AppElement.properties,
    typed: { state: true },
    problem: { state: true },
    busy: { state: true },
    open: { state: true },
  };

  static override styles = pageStyles;

  declare typed: string;
  declare problem: string | null;
  declare busy: boolean;
  declare open: boolean;

  readonly #deletion = new Reading<WorkspaceDeletion | null>(this, async () => {
    try {
      return await this.app.api.json<WorkspaceDeletion>('GET', '/api/tenant/deletion');
    } catch (error) {
      if (error instanceof UiProblem && error.code === 'forbidden') return null;
      throw error;
    }
  });

  constructor() {
    super();
    this.typed = '';
    this.problem = null;
    this.busy = false;
    this.open = false;
  }

  /** The part that is opened takes the place of the button, and the other way round: the focus goes along. */
  override updated(changed: PropertyValues<this>): void {
    if (changed.get('open') === undefined) return;
    this.renderRoot.querySelector<HTMLElement>(this.open ? 'vaadin-text-field' : '#begin')?.focus();
  }

  async #do(method: 'POST' | 'DELETE', body: object, said: string): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.problem = null;
    try {
      await this.app.api.json(method, '/api/tenant/deletion', { body });
      this.app.notify(said, 'success');
      this.open = false;
      this.typed = '';
      await this.#deletion.run();
    } catch (error) {
      this.problem = formErrors(error).get('/confirm') ?? problemMessage(error);
    } finally {
      this.busy = false;
    }
  }

  override render() {
    const { value, failure } = this.#deletion;
    if (!value) return failure === null ? nothing : failureState(failure, () => this.#deletion.run());
    const { planned, name } = value;
    if (planned) {
      return html`<p class="banner danger" role="status">
        <bazaar-icon name="triangle-alert"></bazaar-icon>
        <span>
          ${name} will be deleted on ${formatDay(planned.dueAt)}${
            planned.requestedBy === null ? nothing : html`, as ${planned.requestedBy} asked`
          }.
        </span>
        <vaadin-button
          theme="small"
          ?disabled=${this.busy}
          @click=${() => this.#do('DELETE', {}, `${name} stays.`)}
        >
          Keep the workspace
        </vaadin-button>
      </p>`;
    }
    return html`<section class="card stack">
      <h2>Delete the workspace</h2>
      <p>
        All of ${name} is deleted in 30 days: members, files, licences, and the data of every plugin. Until then any owner
        can undo it. Subscriptions are not renewed meanwhile. Invoices and the audit log are kept as long as the law demands.
      </p>
      ${this.open ? this.#confirmation(value) : this.#begin()}
    </section>`;
  }

  #begin() {
    return html`<div class="actions">
      <vaadin-button
        id="begin"
        theme="error"
        @click=${() => {
          this.open = true;
        }}
      >
        Delete the workspace…
      </vaadin-button>
    </div>`;
  }

  #confirmation({ name, impact }: WorkspaceDeletion) {
    const { members, files, fileSize, licences, subscriptions, plugins } = impact;
    return html`<dl class="facts">
        <dt>People</dt>
        <dd>${counted(members, 'member')} cannot come in any more</dd>
        <dt>Files</dt>
        <dd>${files === 0 ? 'None' : `${counted(files, 'file')}, ${formatSize(fileSize)}`}</dd>
        <dt>Licences</dt>
        <dd>
          ${counted(licences, 'licence')} end${licences === 1 ? 's' : ''}${
            subscriptions > 0
              ? `; ${counted(subscriptions, 'subscription')} ${subscriptions === 1 ? 'is' : 'are'} not renewed from now on`
              : ''
          }
        </dd>
        ${plugins.map(
          ({ id, rows }) => html`<dt>${pluginName(this.app.shell.data, id)}</dt>
            <dd>${counted(rows, 'record')}</dd>`,
        )}
      </dl>
      ${typedConfirmation({
        expected: name,
        typed: this.typed,
        problem: this.problem,
        changed: (typed) => {
          this.typed = typed;
        },
      })}
      <div class="actions">
        <vaadin-button
          theme="primary error"
          ?disabled=${this.busy || !isConfirmed({ expected: name, typed: this.typed })}
          @click=${() => this.#do('POST', { confirm: this.typed }, `${name} will be deleted in 30 days.`)}
        >
          Delete in 30 days
        </vaadin-button>
        <vaadin-button
          theme="tertiary"
          @click=${() => {
            this.open = false;
          }}
        >
          Cancel
        </vaadin-button>
      </div>`;
  }
}

customElements.define('bz-workspace-deletion', WorkspaceDeletionCard);
