import { css } from 'lit';

/** Plain elements: texts, headings, links, focus. */
export const baseStyles = css`
  :host {
    display: block;
    color: var(--bz-text);
    font: 400 var(--bz-text-m) / 1.5 var(--bz-font);
    -webkit-font-smoothing: antialiased;
    overflow-wrap: anywhere;
  }
  /* Columns as narrow as a letter would be no columns. */
  table {
    overflow-wrap: break-word;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p,
  dl,
  dd,
  ul,
  ol {
    margin: 0;
  }
  /* Names in any script read in their own direction, without leaving the edge where the others start. */
  :is(h1, h2, h3, dd, strong, a) {
    unicode-bidi: plaintext;
    text-align: match-parent;
  }
  @supports not (text-align: match-parent) {
    :is(h1, h2, h3, dd, strong, a) {
      text-align: -webkit-match-parent;
    }
  }
  h1 {
    font-size: var(--bz-text-2xl);
    font-weight: 650;
    line-height: 1.2;
    letter-spacing: -0.018em;
    text-wrap: balance;
  }
  h2 {
    font-size: var(--bz-text-l);
    font-weight: 600;
    line-height: 1.35;
    letter-spacing: -0.008em;
  }
  h3 {
    font-size: var(--bz-text-m);
    font-weight: 600;
  }
  a {
    color: var(--bz-accent-text);
    text-underline-offset: 2px;
    text-decoration-thickness: from-font;
  }
  /* Where people force colours of their own, shadows are not shown, and outlines are, in whatever colour. */
  a:focus-visible,
  button:focus-visible {
    outline: 2px solid transparent;
    border-radius: var(--bz-radius-s);
    box-shadow: var(--bz-focus);
  }
  code {
    font: 0.92em var(--bz-mono);
  }
`;
