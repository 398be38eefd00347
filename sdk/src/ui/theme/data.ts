import { css } from 'lit';

/** Lists of chips and large figures. */
export const dataStyles = css`
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: var(--bz-space-1);
    padding: 0;
    list-style: none;
  }
  .chips > li {
    max-width: 100%;
  }
  .chips .chip {
    white-space: normal;
    overflow-wrap: anywhere;
  }
  .figures {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(6.5rem, 1fr));
    gap: var(--bz-space-4);
  }
  .figures dt {
    color: var(--bz-text-muted);
    font-size: var(--bz-text-s);
  }
  .figures dd {
    font-size: var(--bz-text-2xl);
    font-weight: 650;
    line-height: 1.2;
  }
  .figures > div {
    display: flex;
    flex-direction: column-reverse;
    justify-content: flex-end;
  }
`;
