import { css } from 'lit';

/** Where things stand on a page. */
export const layoutStyles = css`
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
  .with-aside > aside dl.facts {
    column-gap: var(--bz-space-4);
  }
  .with-aside > aside dl.facts > dt {
    min-width: 4.5rem;
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
