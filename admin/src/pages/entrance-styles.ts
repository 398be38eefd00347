import { css } from 'lit';

/** Sign-in and set-up: the form on one side, the brand on the other. */
export const entranceStyles = css`
  :host {
    display: grid;
    min-height: 100dvh;
    grid-template-columns: minmax(0, 1fr);
  }
  main {
    display: grid;
    align-content: center;
    justify-items: center;
    padding: var(--bz-space-6) var(--bz-space-4);
  }
  .panel {
    width: min(100%, 23rem);
    display: grid;
    gap: var(--bz-space-5);
  }
  .panel.wide {
    width: min(100%, 26rem);
  }
  .brand {
    display: flex;
    align-items: center;
    gap: var(--bz-space-3);
    font-size: 1.0625rem;
    font-weight: 650;
    letter-spacing: -0.01em;
  }
  form {
    display: grid;
    gap: var(--bz-space-4);
  }
  form > * {
    width: 100%;
  }
  .submit {
    --vaadin-button-padding: 0.5625rem 1rem;
  }
  aside {
    display: none;
    position: relative;
    overflow: hidden;
    background: light-dark(#22409c, #16213f);
    color: #fff;
  }
  @media (min-width: 960px) {
    :host {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    }
    aside {
      display: grid;
      align-content: end;
      padding: var(--bz-space-7);
    }
  }
  aside svg {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
  }
  aside .pitch {
    position: relative;
    max-width: 30rem;
    display: grid;
    gap: var(--bz-space-3);
  }
  aside .pitch > p:first-child {
    font-size: 1.875rem;
    font-weight: 650;
    line-height: 1.2;
    letter-spacing: -0.02em;
    text-wrap: balance;
  }
  aside .pitch > p:last-child {
    color: rgb(255 255 255 / 82%);
    font-size: var(--bz-text-l);
  }
`;
