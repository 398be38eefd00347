import { css, html } from 'lit';

/** `Ada Lovelace` → `AL` */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('');
}

/** The look of `face` and `logo`; `--bz-face` is how high they are. Logos are drawn for paper: they stand on white. */
export const faceStyles = css`
  .face,
  .logo {
    flex: none;
    height: var(--bz-face, 1.75rem);
    box-sizing: border-box;
  }
  .face {
    width: var(--bz-face, 1.75rem);
  }
  .face {
    display: grid;
    place-items: center;
    border-radius: 99px;
    object-fit: cover;
    font-size: calc(var(--bz-face, 1.75rem) * 0.4);
    font-weight: 600;
    color: var(--bz-accent-text);
    background: var(--bz-accent-soft);
    outline: 1px solid transparent;
    outline-offset: -1px;
  }
  .face.square {
    border-radius: var(--bz-radius-m);
  }
  .logo {
    max-width: calc(var(--bz-face, 1.75rem) * 2.5);
    padding: 2px;
    border-radius: var(--bz-radius-m);
    object-fit: contain;
    background: #fff;
  }
`;

/** A person's picture, or the first letters of their name. The name itself stands beside it. */
export function face({ name, picture }: { name: string; picture?: string | null }) {
  return picture
    ? html`<img class="face" src=${picture} alt="" loading="lazy" />`
    : html`<span class="face" aria-hidden="true">${initials(name)}</span>`;
}

/** A workspace's logo, or the first letters of its name. The name itself stands beside it. */
export function logo({ name, path }: { name: string; path: string | null }) {
  return path === null
    ? html`<span class="face square" aria-hidden="true">${initials(name)}</span>`
    : html`<img class="logo" src=${path} alt="" />`;
}
