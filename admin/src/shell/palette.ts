import { pageStyles } from '@bazaar/sdk/ui';
import { css, html, LitElement, nothing } from 'lit';
import { focused } from '../focus/focused.ts';
import { type Command, findCommands } from './palette-search.ts';

/** The command palette: a dialog with a combobox. `open(commands)` shows it; Escape or a choice closes it. */
export class CommandPalette extends LitElement {
  static override properties = {
    commands: { state: true },
    query: { state: true },
    active: { state: true },
  };

  static override styles = [
    pageStyles,
    css`
      dialog {
        width: min(38rem, calc(100vw - 2rem));
        max-height: min(28rem, 70dvh);
        margin-block-start: 12dvh;
        padding: 0;
        border: 1px solid var(--bz-border);
        border-radius: var(--bz-radius-l);
        color: inherit;
        background: var(--bz-surface);
        box-shadow: var(--bz-shadow-l);
        overflow: hidden;
      }
      dialog[open] {
        display: flex;
        flex-direction: column;
      }
      dialog::backdrop {
        background: light-dark(rgb(20 22 28 / 40%), rgb(0 0 0 / 60%));
      }
      label {
        display: flex;
        align-items: center;
        gap: var(--bz-space-3);
        padding: var(--bz-space-4);
        border-block-end: 1px solid var(--bz-border);
        color: var(--bz-text-muted);
      }
      input {
        flex: 1;
        min-width: 0;
        border: 0;
        outline: 0;
        padding: 0;
        font: inherit;
        font-size: var(--bz-text-l);
        color: var(--bz-text);
        background: none;
      }
      input::placeholder {
        color: var(--bz-text-muted);
        opacity: 1;
      }
      ul {
        overflow: auto;
        padding: var(--bz-space-2);
        list-style: none;
      }
      li {
        display: flex;
        align-items: center;
        gap: var(--bz-space-3);
        padding: var(--bz-space-2) var(--bz-space-3);
        border-radius: var(--bz-radius-m);
        cursor: pointer;
      }
      li > span {
        flex: 1;
      }
      li[aria-selected='true'] {
        background: var(--bz-accent-soft);
        color: var(--bz-accent-text);
      }
      li small {
        font-size: var(--bz-text-s);
        color: var(--bz-text-muted);
      }
      .none {
        padding: var(--bz-space-5);
        text-align: center;
      }
    `,
  ];

  declare commands: Command[];
  declare query: string;
  declare active: number;

  /** What had the focus before. */
  #left: HTMLElement | null = null;

  constructor() {
    super();
    this.commands = [];
    this.query = '';
    this.active = 0;
  }

  async open(commands: Command[]): Promise<void> {
    this.commands = commands;
    this.query = '';
    this.active = 0;
    await this.updateComplete;
    const { dialog } = this;
    if (!dialog || dialog.open) return;
    this.#left = focused();
    dialog.showModal();
  }

  get dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  /** The browser does not give it back to a frame. A choice may have put it elsewhere. */
  #giveFocusBack(): void {
    const now = focused();
    const isNowhere = now === null || this.renderRoot.contains(now);
    if (isNowhere && this.#left?.isConnected) this.#left.focus({ preventScroll: true });
  }

  #run(command: Command | undefined): void {
    if (!command) return;
    this.dialog?.close();
    command.run();
  }

  #onKey(event: KeyboardEvent, found: Command[]): void {
    const last = found.length - 1;
    const next: Partial<Record<string, number>> = {
      ArrowDown: this.active >= last ? 0 : this.active + 1,
      ArrowUp: this.active <= 0 ? last : this.active - 1,
      Home: 0,
      End: last,
    };
    const position = next[event.key];
    if (event.key === 'Enter') this.#run(found[this.active]);
    else if (position === undefined) return;
    else this.active = Math.max(0, position);
    event.preventDefault();
  }

  override updated(): void {
    this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  override render() {
    const found = findCommands(this.commands, this.query);
    return html`<dialog
      aria-label="Go to"
      @click=${(event: MouseEvent) => event.target === this.dialog && this.dialog?.close()}
      @close=${() => this.#giveFocusBack()}
    >
      <label>
        <bazaar-icon name="search"></bazaar-icon>
        <input
          autofocus
          role="combobox"
          aria-label="Go to a screen"
          aria-expanded="true"
          aria-controls="found"
          aria-activedescendant=${found.length > 0 ? `command-${this.active}` : nothing}
          autocomplete="off"
          spellcheck="false"
          placeholder="Where to?"
          .value=${this.query}
          @input=${(event: InputEvent) => {
            this.query = (event.target as HTMLInputElement).value;
            this.active = 0;
          }}
          @keydown=${(event: KeyboardEvent) => this.#onKey(event, found)}
        />
      </label>
      <ul id="found" role="listbox" aria-label="Screens">
        ${found.map(
          (command, index) => html`<li
            id="command-${index}"
            role="option"
            aria-selected=${index === this.active}
            @click=${() => this.#run(command)}
            @pointermove=${() => {
              this.active = index;
            }}
          >
            <bazaar-icon name=${command.icon}></bazaar-icon>
            <span>${command.title}</span><small>${command.group}</small>
          </li>`,
        )}
      </ul>
      ${found.length === 0 ? html`<p class="none muted" role="status">Nothing is called “${this.query}”.</p>` : nothing}
    </dialog>`;
  }
}

customElements.define('bz-palette', CommandPalette);
