import { css } from 'lit';

/** The list on one side, the opened letter on the other; on a phone one after the other. */
export const mailboxStyles = css`
  :host {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    height: 100dvh;
    background: var(--bz-surface);
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--bz-space-3) var(--bz-space-4);
    padding: var(--bz-space-3) var(--bz-space-5);
    border-block-end: 1px solid var(--bz-border);
  }
  header h1 {
    font-size: var(--bz-text-l);
  }
  header vaadin-text-field {
    flex: 1 1 14rem;
    max-width: 24rem;
  }
  .box {
    display: grid;
    grid-template-columns: minmax(16rem, 24rem) minmax(0, 1fr);
    min-height: 0;
  }
  nav {
    overflow-y: auto;
    border-inline-end: 1px solid var(--bz-border);
  }
  nav ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  nav button {
    display: grid;
    gap: 2px;
    width: 100%;
    padding: var(--bz-space-3) var(--bz-space-5);
    border: 0;
    border-block-end: 1px solid var(--bz-border);
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }
  nav button:hover {
    background: var(--bz-surface-2);
  }
  nav button[aria-current] {
    background: var(--bz-accent-soft);
  }
  nav > .empty {
    border: 0;
  }
  nav > .row {
    padding: var(--bz-space-3) var(--bz-space-5);
  }
  .none {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: var(--bz-space-2);
    padding: var(--bz-space-5);
  }
  .none > bazaar-icon {
    --bz-icon-size: 1.75rem;
  }
  nav button > * {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  article {
    display: grid;
    grid-template-rows: auto auto minmax(0, 1fr);
    min-width: 0;
    min-height: 0;
  }
  article > .head {
    display: grid;
    gap: var(--bz-space-1);
    padding: var(--bz-space-4) var(--bz-space-5);
  }
  article h2 {
    overflow-wrap: anywhere;
  }
  article > .tabs {
    padding-inline: var(--bz-space-5);
  }
  iframe {
    width: 100%;
    height: 100%;
    border: 0;
    color-scheme: light dark;
  }
  pre {
    margin: 0;
    padding: var(--bz-space-5);
    overflow: auto;
    font: var(--bz-text-s) var(--bz-mono);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .back {
    display: none;
  }
  @media (max-width: 720px) {
    .box {
      grid-template-columns: minmax(0, 1fr);
    }
    .box.open nav,
    .box:not(.open) article,
    .box:not(.open) .none {
      display: none;
    }
    nav {
      border: 0;
    }
    .back {
      display: inline-flex;
    }
  }
`;
