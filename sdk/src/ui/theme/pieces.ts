import { css } from 'lit';

/** What a page is made of: cards, chips, banners, lists, what stands in while something is read. */
export const pieceStyles = css`
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
  .text {
    max-width: 75ch;
    white-space: pre-line;
    unicode-bidi: plaintext;
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
    outline: 1px solid transparent;
    outline-offset: -1px;
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
    outline: 1px solid transparent;
    outline-offset: -1px;
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
    grid-template-columns: fit-content(40%) minmax(0, 1fr);
    gap: var(--bz-space-2) var(--bz-space-5);
  }
  dl.facts > dt {
    min-width: 7rem;
    overflow-wrap: anywhere;
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
    forced-color-adjust: none;
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
