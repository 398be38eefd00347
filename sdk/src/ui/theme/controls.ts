import { css } from 'lit';

/** The platform's look for the Vaadin elements used inside one root: variants that custom properties cannot say. */
export const controlStyles = css`
  ::part(overlay) {
    font-size: var(--bz-text-m);
    line-height: 1.5;
  }
  :is(input, textarea) {
    unicode-bidi: plaintext;
  }
  vaadin-button[theme~='primary'] {
    --vaadin-button-background: var(--bz-accent);
    --vaadin-button-text-color: var(--bz-on-accent);
    --vaadin-button-border-color: transparent;
  }
  vaadin-button[theme~='primary']:hover {
    --vaadin-button-background: var(--bz-accent-hover);
  }
  vaadin-button[theme~='error'] {
    --vaadin-button-text-color: var(--bz-danger);
  }
  vaadin-button[theme~='primary'][theme~='error'] {
    --vaadin-button-background: var(--bz-danger-fill);
    --vaadin-button-text-color: #fff;
  }
  vaadin-button[theme~='tertiary'] {
    --vaadin-button-text-color: var(--bz-accent-text);
  }
  vaadin-button[theme~='tertiary'][theme~='error'] {
    --vaadin-button-text-color: var(--bz-danger);
  }
  vaadin-button[theme~='icon'] {
    --vaadin-button-padding: 0.4375rem;
    --vaadin-button-text-color: var(--bz-text-muted);
  }
  vaadin-button:not([theme~='primary']):hover {
    --vaadin-button-background: var(--bz-surface-2);
  }
  vaadin-button[theme~='tertiary']:hover {
    background: var(--bz-surface-2);
  }
  vaadin-button[theme~='small'] {
    --vaadin-button-padding: 0.25rem 0.625rem;
    --vaadin-button-font-size: var(--bz-text-s);
  }
  vaadin-grid {
    --vaadin-grid-border-radius: var(--bz-radius-l);
    --vaadin-grid-border-color: var(--bz-border);
    --vaadin-grid-cell-padding: 0.625rem 0.875rem;
    --vaadin-grid-header-font-size: var(--bz-text-s);
    --vaadin-grid-header-font-weight: 550;
    --vaadin-grid-header-text-color: var(--bz-text-muted);
    --vaadin-grid-column-border-width: 0;
    border: 1px solid var(--bz-border);
  }
  vaadin-progress-bar {
    --vaadin-progress-bar-height: 6px;
    --vaadin-progress-bar-border-width: 0;
    --vaadin-progress-bar-border-radius: 99px;
    --vaadin-progress-bar-background: var(--bz-surface-3);
    --vaadin-progress-bar-value-background: var(--bz-accent);
  }
  vaadin-checkbox:is([checked], [indeterminate]) {
    --vaadin-checkbox-background: var(--bz-accent);
    --vaadin-checkbox-marker-color: var(--bz-on-accent);
  }
  vaadin-tabs {
    border-block-end: 1px solid var(--bz-border);
  }
  vaadin-tab {
    --vaadin-tab-background: transparent;
    --vaadin-tab-text-color: var(--bz-text-muted);
    border-radius: 0;
    border-block-end: 2px solid transparent;
    margin-block-end: -1px;
  }
  vaadin-tab[selected] {
    --vaadin-tab-text-color: var(--bz-accent-text);
    border-color: var(--bz-accent-text);
  }
  @media (forced-colors: active) {
    /* What only holds the base line of a field has a border that is not to be seen. */
    :is(
        vaadin-combo-box,
        vaadin-date-picker,
        vaadin-email-field,
        vaadin-integer-field,
        vaadin-multi-select-combo-box,
        vaadin-number-field,
        vaadin-password-field,
        vaadin-select,
        vaadin-text-area,
        vaadin-text-field
      )::before {
      forced-color-adjust: none;
    }
    /* Arrows of menus are cut out of a background, of which nothing would be left. */
    vaadin-menu-bar-button::part(suffix)::after,
    vaadin-menu-bar-item::after {
      background: CanvasText;
    }
    /* The element keeps what it is told here: it must be the person's colours, not the platform's. */
    vaadin-button[theme][theme~='primary'] {
      --vaadin-button-background: CanvasText;
      --vaadin-button-text-color: Canvas;
    }
    vaadin-button[theme][theme~='primary']:hover {
      --vaadin-button-background: Highlight;
      --vaadin-button-text-color: HighlightText;
    }
  }
`;
