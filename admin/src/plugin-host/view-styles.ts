import { css } from 'lit';

export const viewStyles = css`
  :host {
    min-width: 0;
  }
  footer {
    padding: 0 var(--bz-space-6) var(--bz-space-5);
    max-width: var(--bz-page-width);
    margin-inline: auto;
    font-size: var(--bz-text-xs);
    color: var(--bz-text-muted);
  }
  :host([compact]) footer {
    padding: var(--bz-space-3) 0 0;
  }
  :host([compact]) .page {
    padding: 0;
  }
  :host([compact]) .empty {
    padding: var(--bz-space-4);
  }
  .frame {
    position: relative;
  }
  .frame ::slotted(iframe) {
    display: block;
    width: 100%;
    height: var(--bz-frame-height, 0);
    border: 0;
  }
  .frame.pending {
    height: 0;
    overflow: hidden;
    visibility: hidden;
  }
  .place {
    position: absolute;
  }
  @media (max-width: 640px) {
    footer {
      padding-inline: var(--bz-space-4);
    }
  }
`;
