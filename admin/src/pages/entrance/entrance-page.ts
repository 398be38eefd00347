import { formErrors, pageStyles, problemMessage, UiProblem } from '@bazaar/sdk/ui';
import { type CSSResultGroup, html, nothing, type TemplateResult } from 'lit';
import { AppElement } from '../../app/app-element.ts';
import { brandMark } from '../../shell/brand.ts';
import { brandPanel, submitOnEnter } from '../entrance.ts';
import { entranceStyles } from '../entrance-styles.ts';

/** Base of the pages for who is not signed in: one form in a panel, with what the server says of it. */
export abstract class EntrancePage extends AppElement {
  static override properties = {
    ...AppElement.properties,
    busy: { state: true },
    errors: { state: true },
    message: { state: true },
    action: { state: true },
  };

  static override styles: CSSResultGroup = [pageStyles, entranceStyles];

  declare busy: boolean;
  /** JSON pointer → what is wrong with the field. */
  declare errors: ReadonlyMap<string, string>;
  /** What is wrong that concerns no field. */
  declare message: string | null;
  /** What can be done about it. */
  declare action: UiProblem['action'];

  /** Of the page; of the window, too. */
  protected abstract readonly heading: string;

  constructor() {
    super();
    this.busy = false;
    this.errors = new Map();
    this.message = null;
    this.action = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = `${this.heading} – Bazaar`;
  }

  /** The secret that a mailed link carries behind the `#`, where no server and no log sees it. */
  protected get token(): string {
    return new URLSearchParams(window.location.hash.slice(1)).get('token') ?? '';
  }

  /** Why the mailed link is good for nothing; `undefined` as long as nothing is known against it. */
  protected get tokenProblem(): string | undefined {
    return this.token === '' ? 'This link is incomplete. Open it from the e-mail again.' : this.errors.get('/token');
  }

  /** Does what the form is for, unless it is being done; what the server refuses is shown. */
  protected async attempt(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.message = null;
    this.action = undefined;
    this.errors = new Map();
    try {
      await work();
    } catch (error) {
      this.errors = formErrors(error);
      this.action = error instanceof UiProblem ? error.action : undefined;
      if (this.errors.size === 0) this.message = problemMessage(error);
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('[invalid]')?.focus();
    } finally {
      this.busy = false;
    }
  }

  protected form(fields: TemplateResult, label: string, submit: () => void): TemplateResult {
    return html`
      ${
        this.message === null
          ? nothing
          : html`<p class="banner danger" role="alert">
              <bazaar-icon name="circle-alert"></bazaar-icon>${this.message}
              ${this.action ? html`<a href=${this.action.href}>${this.action.label}</a>` : nothing}
            </p>`
      }
      <form @submit=${(event: Event) => event.preventDefault()} @keydown=${submitOnEnter(submit)}>
        ${fields}
        <vaadin-button class="submit" theme="primary" ?disabled=${this.busy} @click=${submit}>
          ${this.busy ? 'One moment…' : label}
        </vaadin-button>
      </form>
    `;
  }

  /** Instead of the form, when the mailed link is good for nothing: why, and the way to another. */
  protected ended(reason: string, way: { label: string; href: string }): TemplateResult {
    return html`
      <div>
        <h1>This link does not work</h1>
        <p class="subtitle" role="alert">${reason}</p>
      </div>
      <a href=${way.href}>${way.label}</a>
    `;
  }

  protected abstract content(): TemplateResult;

  override render() {
    return html`
      <main>
        <div class="panel wide">
          <div class="brand">${brandMark(32)} Bazaar</div>
          ${this.content()}
        </div>
      </main>
      ${brandPanel}
    `;
  }
}
