import { css } from 'lit';

export const shellStyles = css`
  :host {
    display: block;
    height: 100dvh;
  }
  vaadin-app-layout {
    --vaadin-app-layout-drawer-background: var(--bz-canvas);
  }
  .drawer {
    display: flex;
    flex-direction: column;
    gap: var(--bz-space-4);
    min-height: 100%;
    padding: var(--bz-space-4) var(--bz-space-3);
    box-sizing: border-box;
  }
  .tenant {
    display: flex;
    align-items: center;
    gap: var(--bz-space-3);
    padding: 0 var(--bz-space-2);
    color: inherit;
    text-decoration: none;
  }
  .tenant > svg {
    flex: none;
  }
  .tenant > .logo {
    --bz-face: 2rem;
  }
  .tenant > span {
    display: grid;
    min-width: 0;
    line-height: 1.3;
  }
  .tenant strong {
    font-weight: 650;
    letter-spacing: -0.01em;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .tenant small {
    font-size: var(--bz-text-xs);
    color: var(--bz-text-muted);
  }
  .seek {
    display: flex;
    align-items: center;
    gap: var(--bz-space-2);
    padding: 0.375rem 0.625rem;
    font: inherit;
    color: var(--bz-text-muted);
    text-align: start;
    background: var(--bz-surface);
    border: 1px solid var(--bz-border);
    border-radius: var(--bz-radius-m);
    cursor: pointer;
  }
  .seek:hover {
    border-color: var(--bz-border-strong);
  }
  .seek > span {
    flex: 1;
  }
  kbd {
    font: 500 var(--bz-text-xs) var(--bz-font);
    padding: 0 0.3125rem;
    border: 1px solid var(--bz-border);
    border-radius: 4px;
    background: var(--bz-canvas);
  }
  .menu h2 {
    padding: var(--bz-space-4) 0.625rem var(--bz-space-1);
    font-size: var(--bz-text-xs);
    font-weight: 600;
    letter-spacing: 0.01em;
    color: var(--bz-text-muted);
  }
  .menu ul {
    display: grid;
    gap: 1px;
    padding: 0;
    list-style: none;
  }
  .menu a {
    display: flex;
    align-items: center;
    gap: 0.625rem;
    padding: 0.375rem 0.625rem;
    border-radius: var(--bz-radius-m);
    font-weight: 500;
    color: var(--bz-text-muted);
    text-decoration: none;
  }
  .menu a > span:not(.chip) {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .menu a:hover {
    color: var(--bz-text);
    background: var(--bz-surface-3);
  }
  .menu a[aria-current] {
    color: var(--bz-accent-text);
    background: var(--bz-accent-soft);
    font-weight: 550;
    outline: 1px solid transparent;
    outline-offset: -1px;
  }
  .demo {
    margin-block-start: auto;
    padding: var(--bz-space-3);
    border-radius: var(--bz-radius-m);
    font-size: var(--bz-text-xs);
    color: var(--bz-text-muted);
    background: var(--bz-surface-2);
  }
  .bar {
    display: flex;
    flex: 1;
    min-width: 0;
    align-items: center;
    gap: var(--bz-space-2);
    height: 3.25rem;
    padding: 0 var(--bz-space-5) 0 var(--bz-space-6);
    background: var(--bz-surface);
    border-block-end: 1px solid var(--bz-border);
  }
  .bar vaadin-drawer-toggle {
    display: none;
    --vaadin-button-border-color: transparent;
  }
  .crumbs {
    flex: 1;
    min-width: 0;
  }
  .crumbs ol {
    display: flex;
    align-items: center;
    gap: var(--bz-space-1);
    padding: 0;
    list-style: none;
    white-space: nowrap;
    overflow: hidden;
  }
  .crumbs li {
    display: flex;
    align-items: center;
    gap: var(--bz-space-1);
    color: var(--bz-text-muted);
    min-width: 0;
    flex-shrink: 0;
  }
  .crumbs li + li::before {
    content: '/';
    padding-inline: 0.125rem;
    color: var(--bz-border-strong);
  }
  .crumbs li:last-child {
    color: var(--bz-text);
    font-weight: 550;
    overflow: hidden;
    flex-shrink: 1;
  }
  .crumbs li > * {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .crumbs a {
    color: inherit;
    text-decoration: none;
  }
  .crumbs a:hover {
    color: var(--bz-text);
    text-decoration: underline;
  }
  .user {
    --vaadin-button-padding: 0.25rem 0.375rem;
  }
  .person {
    display: flex;
    align-items: center;
    gap: var(--bz-space-2);
    font-weight: 500;
    color: var(--bz-text);
  }
  .person .name {
    max-width: 14rem;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .offline {
    position: sticky;
    inset-block-start: 0;
    z-index: 2;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: var(--bz-space-3);
    padding: var(--bz-space-2) var(--bz-space-4);
    background: var(--bz-warning-soft);
  }
  .offline > bazaar-icon,
  .offline > vaadin-button {
    flex: none;
  }
  .offline > bazaar-icon {
    color: var(--bz-warning);
  }
  .licence > .banner {
    border-radius: 0;
    padding-inline: var(--bz-space-6);
    align-items: center;
  }
  .licence > .banner > bazaar-icon {
    margin-block-start: 0;
  }
  .content {
    min-height: 100%;
  }
  main {
    --bz-screen-height: max(20rem, 100dvh - 3.25rem - var(--bz-notices-height, 0px));
  }
  main:focus {
    outline: none;
  }
  .skip {
    position: absolute;
    inset: var(--bz-space-2) auto auto var(--bz-space-2);
    z-index: 10;
    padding: var(--bz-space-2) var(--bz-space-3);
    border-radius: var(--bz-radius-m);
    font: inherit;
    color: inherit;
    border: 1px solid var(--bz-border);
    background: var(--bz-surface);
    transform: translateY(-200%);
  }
  .skip:focus {
    transform: none;
  }
  @media (max-width: 800px), (max-height: 600px) {
    .bar {
      padding-inline: var(--bz-space-2) var(--bz-space-3);
    }
    .licence > .banner {
      padding-inline: var(--bz-space-4);
    }
    .bar vaadin-drawer-toggle {
      display: inline-flex;
    }
    .crumbs li:not(:last-child) {
      display: none;
    }
    .crumbs li:last-child::before {
      display: none;
    }
    .person .name {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
`;
