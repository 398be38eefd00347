import { css, html } from 'lit';
import type { App } from '../../app/app.ts';
import { saveFile } from '../../plugin-host/save-file.ts';

export const recoveryStyles = css`
  .codes {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr));
    gap: var(--bz-space-2);
    padding: var(--bz-space-4);
    margin: 0;
    list-style: none;
    font-family: ui-monospace, monospace;
    font-size: var(--bz-text-m);
    background: var(--bz-surface-2);
    border-radius: var(--bz-radius-m);
    user-select: all;
  }
`;

async function copy(app: Pick<App, 'notify'>, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    app.notify('Copied.', 'success');
  } catch {
    // Not allowed here, e.g. without https: they can be selected.
    app.notify('Select the codes and copy them yourself: this browser does not let us.', 'info');
  }
}

/** Recovery codes, the one time they are shown. */
export function recoveryCodes(app: Pick<App, 'notify'>, codes: readonly string[], kept: () => void) {
  const text = `${codes.join('\n')}\n`;
  return html`<section class="card stack" role="status" aria-label="Recovery codes">
    <h2>Keep your recovery codes</h2>
    <p>
      Each opens your account once when your phone or key is lost. They are not shown again: print them, or keep them
      with your passwords.
    </p>
    <ul class="codes">
      ${codes.map((code) => html`<li>${code}</li>`)}
    </ul>
    <div class="actions">
      <vaadin-button theme="primary" @click=${kept}>I have kept them</vaadin-button>
      <vaadin-button @click=${() => copy(app, text)}>
        <bazaar-icon name="copy" slot="prefix"></bazaar-icon>Copy
      </vaadin-button>
      <vaadin-button
        @click=${() =>
          saveFile({ name: 'bazaar-recovery-codes.txt', content: new Blob([text], { type: 'text/plain' }) })}
      >
        <bazaar-icon name="download" slot="prefix"></bazaar-icon>Download
      </vaadin-button>
    </div>
  </section>`;
}
