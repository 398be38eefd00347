import '@vaadin/dialog';
import { dialogFooterRenderer, dialogRenderer } from '@vaadin/dialog/lit.js';
import { html, nothing, type TemplateResult } from 'lit';

export interface FormDialog<Asked> {
  /** What is asked about, with what has been entered; `null` while the dialog is closed. */
  asked: Asked | null;
  title(asked: Asked): string;
  width: string;
  /** The question and its fields. */
  content(asked: Asked): TemplateResult;
  /** What the content shows besides. */
  shows?: readonly unknown[];
  /** Of the button that does what is asked about. */
  button(asked: Asked): string;
  isDangerous?(asked: Asked): boolean;
  /** Whether everything that is needed has been entered. */
  isComplete?(asked: Asked): boolean;
  busy: boolean;
  close(): void;
  submit(asked: Asked): void;
}

/** A question with fields in front of a page, which adopts `pageStyles`. What was entered is kept by the page. */
export function formDialog<Asked>(dialog: FormDialog<Asked>) {
  const { asked, title, width, content, shows = [], busy, close } = dialog;
  return html`<vaadin-dialog
    no-close-on-outside-click
    header-title=${asked === null ? '' : title(asked)}
    width=${width}
    .opened=${asked !== null}
    @closed=${close}
    ${dialogRenderer(
      // The last field's ring of focus needs a little room, or the content scrolls by as much.
      () =>
        asked === null
          ? nothing
          : html`<div class="stack" style="padding-block-end: var(--bz-space-1)">${content(asked)}</div>`,
      [asked, ...shows],
    )}
    ${dialogFooterRenderer(
      () => html`
        <vaadin-button @click=${close}>Cancel</vaadin-button>
        ${asked === null ? nothing : submitButton(asked, dialog)}
      `,
      [asked, busy],
    )}
  ></vaadin-dialog>`;
}

function submitButton<Asked>(asked: Asked, dialog: FormDialog<Asked>) {
  const { button, isDangerous = () => false, isComplete = () => true, busy, submit } = dialog;
  return html`<vaadin-button
    theme=${isDangerous(asked) ? 'primary error' : 'primary'}
    ?disabled=${busy || !isComplete(asked)}
    @click=${() => submit(asked)}
  >
    ${button(asked)}
  </vaadin-button>`;
}
