import { css } from 'lit';

/**
 * The design tokens, for the document of the shell or of a frame. They are inherited, so styles in any shadow root
 * use them as `var(--bz-…)`. Light and dark follow `color-scheme`.
 */
export const tokenStyles = css`
  :root {
    color-scheme: light dark;

    --bz-font: 'Inter Variable', 'Inter', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
    --bz-mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, monospace;
    --bz-text-xs: 0.75rem;
    --bz-text-s: 0.8125rem;
    --bz-text-m: 0.875rem;
    --bz-text-l: 1rem;
    --bz-text-xl: 1.25rem;
    --bz-text-2xl: 1.625rem;

    --bz-space-1: 0.25rem;
    --bz-space-2: 0.5rem;
    --bz-space-3: 0.75rem;
    --bz-space-4: 1rem;
    --bz-space-5: 1.5rem;
    --bz-space-6: 2rem;
    --bz-space-7: 3rem;

    --bz-radius-s: 6px;
    --bz-radius-m: 8px;
    --bz-radius-l: 12px;

    --bz-canvas: light-dark(#f6f6f4, #101216);
    --bz-surface: light-dark(#ffffff, #181b20);
    --bz-surface-2: light-dark(#f2f2ef, #21252c);
    --bz-surface-3: light-dark(#e8e8e4, #2b3038);
    --bz-border: light-dark(#e3e3de, #2c313a);
    --bz-border-strong: light-dark(#8f9299, #6f7683);

    --bz-text: light-dark(#1a1c20, #eceef1);
    --bz-text-muted: light-dark(#595e69, #a3aab6);

    --bz-accent: light-dark(#2d53c4, #4468d8);
    --bz-accent-hover: light-dark(#2546a8, #4a6edc);
    --bz-on-accent: #ffffff;
    --bz-accent-text: light-dark(#2a4db8, #9db4ff);
    --bz-accent-soft: light-dark(#e9eefb, #222c47);

    --bz-success: light-dark(#1d7a4c, #57c58e);
    --bz-success-soft: light-dark(#e3f4ea, #16321f);
    --bz-warning: light-dark(#8f5a00, #e5ae4f);
    --bz-warning-soft: light-dark(#fcf1da, #382a10);
    --bz-danger: light-dark(#b3261e, #ff8d83);
    --bz-danger-soft: light-dark(#fcebe9, #401b18);
    --bz-danger-fill: light-dark(#b3261e, #c5362c);
    --bz-info: var(--bz-accent-text);
    --bz-info-soft: var(--bz-accent-soft);

    --bz-shadow-s: 0 1px 2px light-dark(rgb(20 22 28 / 6%), rgb(0 0 0 / 40%));
    --bz-shadow-m: 0 4px 14px light-dark(rgb(20 22 28 / 9%), rgb(0 0 0 / 50%));
    --bz-shadow-l: 0 16px 48px light-dark(rgb(20 22 28 / 18%), rgb(0 0 0 / 65%));

    --bz-focus: 0 0 0 2px var(--bz-surface), 0 0 0 4px var(--bz-accent-text);
    --bz-page-width: 76rem;
  }
`;
