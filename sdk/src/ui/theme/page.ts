import { css } from 'lit';
import { controlStyles } from './controls.ts';
import { dataStyles } from './data.ts';

const base = css`
  :host {
    display: block;
    color: var(--bz-text);
    font: 400 var(--bz-text-m) / 1.5 var(--bz-font);
    -webkit-font-smoothing: antialiased;
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
  a:focus-visible,
  button:focus-visible {
    outline: none;
    border-radius: var(--bz-radius-s);
    box-shadow: var(--bz-focus);
  }
  code {
    font: 0.92em var(--bz-mono);
  }
`;

const layout = css`
  .page {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--bz-space-5);
    align-content: start;
    max-width: var(--bz-page-width);
    margin-inline: auto;
    padding: var(--bz-space-6) var(--bz-space-6) var(--bz-space-7);
  }
  .page.narrow {
    max-width: 46rem;
  }
  .page .page {
    padding: 0;
  }
  .page-header {
    display: flex;
    flex-wrap: wrap;
    gap: var(--bz-space-3) var(--bz-space-4);
    align-items: flex-start;
    justify-content: space-between;
  }
  .page-header > :first-child {
    flex: 1 1 16rem;
    min-width: 0;
  }
  .page-header h1 + .row {
    margin-block-start: var(--bz-space-2);
  }
  .subtitle {
    margin-block-start: var(--bz-space-1);
    color: var(--bz-text-muted);
    max-width: 65ch;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--bz-space-2);
    align-items: center;
  }
  .actions.end {
    justify-content: flex-end;
  }
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    gap: var(--bz-space-3);
    align-items: flex-end;
  }
  .toolbar > .grow {
    flex: 1 1 14rem;
  }
  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--bz-space-4);
    align-content: start;
  }
  .stack.tight {
    gap: var(--bz-space-2);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: var(--bz-space-2) var(--bz-space-3);
    align-items: center;
  }
  .row.between {
    justify-content: space-between;
  }
  .columns {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr));
    gap: var(--bz-space-4);
  }
  .with-aside {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--bz-space-5);
    align-items: start;
  }
  @media (min-width: 1000px) {
    .with-aside {
      grid-template-columns: minmax(0, 1fr) 20rem;
    }
  }
  .form {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr));
    gap: var(--bz-space-4);
  }
  .form > * {
    min-width: 0;
    width: auto;
  }
  .form > .full {
    grid-column: 1 / -1;
  }
  @media (max-width: 640px) {
    .page {
      padding: var(--bz-space-4) var(--bz-space-4) var(--bz-space-6);
      gap: var(--bz-space-4);
    }
    h1 {
      font-size: 1.375rem;
    }
  }
`;

const pieces = css`
  .card {
    background: var(--bz-surface);
    border: 1px solid var(--bz-border);
    border-radius: var(--bz-radius-l);
    padding: var(--bz-space-5);
    min-width: 0;
  }
  .card.flush {
    padding: 0;
    overflow: hidden;
  }
  .card:not(.stack) > h2:first-child {
    margin-block-end: var(--bz-space-4);
  }
  .muted {
    color: var(--bz-text-muted);
  }
  .small {
    font-size: var(--bz-text-s);
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 0.375em;
    padding: 0.125rem 0.5rem;
    border-radius: 99px;
    font-size: var(--bz-text-xs);
    font-weight: 550;
    line-height: 1.5;
    white-space: nowrap;
    color: var(--bz-text-muted);
    background: var(--bz-surface-2);
  }
  .chip.info {
    color: var(--bz-info);
    background: var(--bz-info-soft);
  }
  .chip.success {
    color: var(--bz-success);
    background: var(--bz-success-soft);
  }
  .chip.warning {
    color: var(--bz-warning);
    background: var(--bz-warning-soft);
  }
  .chip.danger {
    color: var(--bz-danger);
    background: var(--bz-danger-soft);
  }
  .banner {
    display: flex;
    gap: var(--bz-space-3);
    align-items: flex-start;
    padding: var(--bz-space-3) var(--bz-space-4);
    border-radius: var(--bz-radius-m);
    color: var(--bz-text);
    background: var(--bz-info-soft);
  }
  .banner > :first-child:is(bazaar-icon) {
    margin-block-start: 0.125rem;
    color: var(--bz-info);
  }
  .banner.warning {
    background: var(--bz-warning-soft);
  }
  .banner.warning > :first-child:is(bazaar-icon) {
    color: var(--bz-warning);
  }
  .banner.danger {
    background: var(--bz-danger-soft);
  }
  .banner.danger > :first-child:is(bazaar-icon) {
    color: var(--bz-danger);
  }
  .banner.success {
    background: var(--bz-success-soft);
  }
  .banner.success > :first-child:is(bazaar-icon) {
    color: var(--bz-success);
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: var(--bz-space-2);
    padding: var(--bz-space-7) var(--bz-space-5);
    text-align: center;
    color: var(--bz-text-muted);
    border: 1px dashed var(--bz-border);
    border-radius: var(--bz-radius-l);
  }
  .empty > bazaar-icon {
    --bz-icon-size: 1.75rem;
    margin-block-end: var(--bz-space-1);
  }
  .empty > :is(h1, h2, h3) {
    color: var(--bz-text);
  }
  .empty > p {
    max-width: 44ch;
  }
  .empty > vaadin-button {
    margin-block-start: var(--bz-space-3);
  }
  dl.facts {
    display: grid;
    grid-template-columns: minmax(7rem, max-content) minmax(0, 1fr);
    gap: var(--bz-space-2) var(--bz-space-5);
  }
  dl.facts > dt {
    color: var(--bz-text-muted);
  }
  dl.facts > dd {
    overflow-wrap: anywhere;
  }
  .tabs {
    display: flex;
    gap: var(--bz-space-5);
    overflow-x: auto;
    border-block-end: 1px solid var(--bz-border);
  }
  .tabs > a {
    padding: var(--bz-space-2) 0;
    margin-block-end: -1px;
    border-block-end: 2px solid transparent;
    font-weight: 550;
    color: var(--bz-text-muted);
    text-decoration: none;
    white-space: nowrap;
  }
  .tabs > a:hover {
    color: var(--bz-text);
  }
  .tabs > a[aria-current] {
    color: var(--bz-accent-text);
    border-color: var(--bz-accent-text);
  }
  .list {
    list-style: none;
    padding: 0;
  }
  .list > li {
    padding: var(--bz-space-3) var(--bz-space-4);
  }
  .list > li + li {
    border-block-start: 1px solid var(--bz-border);
  }
  .list.rows > li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: var(--bz-space-2) var(--bz-space-4);
    align-items: center;
    overflow-wrap: anywhere;
  }
  .list.rows :is(h2, h3) {
    font-size: var(--bz-text-m);
  }
  .list.rows > li > .actions {
    justify-content: flex-end;
  }
  @media (max-width: 640px) {
    .list.rows > li {
      grid-template-columns: minmax(0, 1fr);
    }
    .list.rows > li > .actions {
      justify-content: flex-start;
    }
  }
  .meter {
    display: block;
    height: 6px;
    border-radius: 99px;
    background: var(--bz-surface-3);
    overflow: hidden;
  }
  .meter > span {
    display: block;
    height: 100%;
    border-radius: inherit;
    background: var(--bz-accent);
  }
  .skeleton {
    display: block;
    min-height: 1rem;
    border-radius: var(--bz-radius-s);
    background: var(--bz-surface-3);
    animation: bz-pulse 1.4s ease-in-out infinite alternate;
  }
  .skeleton.title {
    width: 40%;
    height: 1.75rem;
  }
  .skeleton.line {
    height: 0.875rem;
  }
  .skeleton.block {
    height: 8rem;
    border-radius: var(--bz-radius-l);
  }
  @keyframes bz-pulse {
    from {
      opacity: 0.45;
    }
    to {
      opacity: 0.9;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .skeleton {
      animation: none;
      opacity: 0.7;
    }
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

/**
 * What makes a screen look native; start a screen's `static styles` with it.
 *
 * Layout: `.page` (with `.narrow`), `.page-header` (first child heading and `.subtitle`, then `.actions`), `.toolbar`
 * (with `.grow`), `.stack`, `.row` (`.between`), `.columns`, `.with-aside`, `.form` (children `.full`). Pieces:
 * `.card` (`.flush`), `nav.tabs` (of links, the open one `aria-current`), `.chip` and `.banner` (each with `info success warning danger`), `.empty`, `dl.facts`,
 * `dl.figures` (a `div` for each), `ul.list` (with `.rows`: in each what it is and its `.actions`), `ul.chips`,
 * `.meter`, `.skeleton` (`title line block`), `.muted`, `.small`, `.number`, `.visually-hidden`.
 */
export const pageStyles = [controlStyles, base, layout, pieces, dataStyles];
