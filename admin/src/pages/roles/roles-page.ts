import { counted, pageStyles } from '@bazaar/sdk/ui';
import { html, nothing } from 'lit';
import { AppElement } from '../../app/app-element.ts';
import { UnsavedWork } from '../../leaving/unsaved-work.ts';
import { failureState, loadingState } from '../../shell/states.ts';
import { submitOnEnter } from '../entrance.ts';
import { readRoles } from '../people/read-roles.ts';
import type { RoleView } from '../people/types.ts';
import { Reading } from '../reading.ts';
import { Submission } from '../submission.ts';
import { permissionChoice, permissionStyles } from './permission-choice.ts';
import type { PermissionGroup } from './types.ts';

/** A role that is being made (`name` is `null`) or changed. */
interface Draft {
  name: string | null;
  builtIn: boolean;
  title: string;
  additions: string[];
  /** What plugins give to it. */
  given: string[];
}

/** What each role may do; tenants add to the built-in ones and make their own. */
class Roles extends AppElement {
  static override properties = {
    ...AppElement.properties,
    draft: { state: true },
  };

  static override styles = [pageStyles, permissionStyles];

  declare draft: Draft | null;

  readonly #reading = new Reading(this, async () => {
    const [roles, { items: groups }] = await Promise.all([
      readRoles(this.app),
      this.app.api.json<{ items: PermissionGroup[] }>('GET', '/api/permissions'),
    ]);
    return { roles, groups };
  });

  readonly #submission = new Submission(this, (pointer) => pointer === '/title');

  constructor() {
    super();
    this.draft = null;
    new UnsavedWork(this, () => this.#isChanged);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const event of ['plugin.changed', 'session.changed', 'reconnected']) {
      this.whileConnected(this.app.realtime.on(event, () => void this.#reading.run()));
    }
  }

  get #permissions(): readonly string[] {
    return this.app.shell.data?.user.permissions ?? [];
  }

  get #manages(): boolean {
    return this.#permissions.includes('core:roles.manage');
  }

  #change(work: () => Promise<unknown>, done: string): Promise<void> {
    return this.#submission.run(async () => {
      await work();
      this.draft = null;
      this.app.notify(done, 'success');
      await this.#reading.run();
    });
  }

  #save({ name, builtIn, title, additions }: Draft): void {
    const { api } = this.app;
    const change = { permissions: additions, ...(builtIn ? {} : { title }) };
    void this.#change(
      () =>
        name === null
          ? api.json('POST', '/api/roles', { body: { title, permissions: additions } })
          : api.json('PATCH', `/api/roles/${encodeURIComponent(name)}`, { body: change }),
      name === null ? `${title} can be given to people now.` : 'Saved. It holds at once for everyone with this role.',
    );
  }

  async #delete({ name, title }: RoleView): Promise<void> {
    const agreed = await this.app.confirm({
      title: `Delete ${title}?`,
      message: 'Nobody has this role. It cannot be brought back.',
      confirm: 'Delete',
      danger: true,
    });
    if (!agreed) return;
    await this.#change(
      () => this.app.api.json('DELETE', `/api/roles/${encodeURIComponent(name)}`),
      `${title} is deleted.`,
    );
  }

  get #isChanged(): boolean {
    const { draft } = this;
    if (draft === null) return false;
    const stored = this.#reading.value?.roles.find(({ name }) => name === draft.name);
    const words = (permissions: readonly string[] = []) => permissions.toSorted().join(' ');
    return draft.title !== (stored?.title ?? '') || words(draft.additions) !== words(stored?.additions);
  }

  #begin(role: RoleView | null): void {
    this.#submission.forget();
    const additions = role?.additions ?? [];
    this.draft = {
      name: role?.name ?? null,
      builtIn: role?.builtIn ?? false,
      title: role?.title ?? '',
      additions: [...additions],
      given: role?.permissions.filter((permission) => !additions.includes(permission)) ?? [],
    };
  }

  override render() {
    const { value, failure } = this.#reading;
    if (!value) return failure === null ? loadingState('roles') : failureState(failure, () => this.#reading.run());
    return html`<div class="page">
      <header class="page-header">
        <div>
          <h1>Roles</h1>
          <p class="subtitle">What people may do follows from their roles. Plugins give permissions to the built-in ones; you add to them, or make your own.</p>
        </div>
        ${
          this.#manages && this.draft === null
            ? html`<div class="actions">
                <vaadin-button theme="primary" @click=${() => this.#begin(null)}>
                  <bazaar-icon name="plus" slot="prefix"></bazaar-icon>New role
                </vaadin-button>
              </div>`
            : nothing
        }
      </header>
      ${this.draft ? this.#editor(this.draft, value.groups) : this.#list(value.roles)}
    </div>`;
  }

  #list(roles: RoleView[]) {
    return html`<ul class="list rows card flush">
      ${roles.map(
        (role) => html`<li>
          <div class="stack tight">
            <p class="row">
              <strong>${role.title}</strong>
              ${role.builtIn ? html`<span class="chip">Built in</span>` : nothing}
              ${role.builtIn && role.additions.length > 0 ? html`<span class="chip info">${role.additions.length} added</span>` : nothing}
            </p>
            <p class="small muted">
              ${role.fixed ? 'May do everything.' : counted(role.permissions.length, 'permission')} ·
              ${counted(role.members, 'person', 'people')}
            </p>
          </div>
          ${this.#manages && !role.fixed ? this.#actions(role) : nothing}
        </li>`,
      )}
    </ul>`;
  }

  #actions(role: RoleView) {
    const unused = !role.builtIn && role.members === 0;
    return html`<span class="actions">
      <vaadin-button theme="small" aria-label="Change ${role.title}" @click=${() => this.#begin(role)}>
        Change
      </vaadin-button>
      ${
        unused
          ? html`<vaadin-button
              theme="small error"
              ?disabled=${this.#submission.busy}
              aria-label="Delete ${role.title}"
              @click=${() => this.#delete(role)}
            >
              Delete
            </vaadin-button>`
          : nothing
      }
    </span>`;
  }

  #name(draft: Draft) {
    const error = this.#submission.errors.get('/title') ?? '';
    return html`<vaadin-text-field
      label="Name"
      autofocus
      required
      manual-validation
      maxlength="60"
      .value=${draft.title}
      ?invalid=${error !== ''}
      .errorMessage=${error}
      @input=${(event: Event) => {
        this.draft = { ...draft, title: (event.currentTarget as HTMLInputElement).value };
      }}
      @keydown=${submitOnEnter(() => {
        if (draft.title.trim() !== '') void this.#save(draft);
      })}
    ></vaadin-text-field>`;
  }

  #editor(draft: Draft, groups: PermissionGroup[]) {
    return html`<section class="card stack" aria-label=${draft.name === null ? 'New role' : `Change ${draft.title}`}>
      ${draft.builtIn ? html`<h2>${draft.title}</h2>` : this.#name(draft)}
      ${permissionChoice({
        groups,
        chosen: draft.additions,
        given: draft.given,
        may: (name) => this.#permissions.includes(name),
        changed: (additions) => {
          this.draft = { ...draft, additions };
        },
      })}
      <div class="actions end">
        <vaadin-button
          @click=${() => {
            this.draft = null;
          }}
        >
          Cancel
        </vaadin-button>
        <vaadin-button
          theme="primary"
          ?disabled=${this.#submission.busy || draft.title.trim() === ''}
          @click=${() => this.#save(draft)}
        >
          Save
        </vaadin-button>
      </div>
    </section>`;
  }
}

customElements.define('bz-roles', Roles);
