import { css, html, LitElement, svg } from 'lit';
import { icons } from './icon-paths.ts';

/** `<bazaar-icon name="briefcase">`: decorative, as large as the text's line; an unknown name shows a puzzle piece. */
export class BazaarIcon extends LitElement {
  static override properties = { name: { type: String } };

  static override styles = css`
    :host {
      display: inline-flex;
      flex: none;
      width: var(--bz-icon-size, 1.125rem);
      height: var(--bz-icon-size, 1.125rem);
      vertical-align: -0.2em;
      /* Where somebody has colours of their own, a button may have others than the page: those of the text it is in. */
      forced-color-adjust: preserve-parent-color;
    }
    svg {
      width: 100%;
      height: 100%;
      fill: none;
      stroke: currentColor;
      stroke-width: 1.75;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
  `;

  declare name: string;

  constructor() {
    super();
    this.name = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('aria-hidden', 'true');
  }

  override render() {
    const path = (Object.hasOwn(icons, this.name) ? icons[this.name] : undefined) ?? icons.puzzle;
    return html`<svg viewBox="0 0 24 24">${svg`<path d=${path}></path>`}</svg>`;
  }
}

customElements.define('bazaar-icon', BazaarIcon);
