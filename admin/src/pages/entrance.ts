import { html, svg } from 'lit';

/** Rows of awnings, the theme of the mark. */
const awnings = svg`<defs>
    <pattern id="awnings" width="96" height="72" patternUnits="userSpaceOnUse">
      <path d="M0 0h32v28a16 16 0 0 1-32 0z" fill="#fff" fill-opacity=".09"></path>
      <path d="M32 0h32v28a16 16 0 0 1-32 0z" fill="#fff" fill-opacity=".035"></path>
      <path d="M64 0h32v28a16 16 0 0 1-32 0z" fill="#fff" fill-opacity=".06"></path>
    </pattern>
    <linearGradient id="fade" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="#fff"></stop>
      <stop offset=".75" stop-color="#fff" stop-opacity="0"></stop>
    </linearGradient>
    <mask id="faded"><rect width="100%" height="100%" fill="url(#fade)"></rect></mask>
  </defs>
  <rect width="100%" height="100%" fill="url(#awnings)" mask="url(#faded)"></rect>`;

export const brandPanel = html`<aside>
  <svg aria-hidden="true">${awnings}</svg>
  <div class="pitch">
    <p>One workspace. Exactly the tools your team needs.</p>
    <p>Add a plugin when you need it, switch it off when you don’t. Your data stays yours.</p>
  </div>
</aside>`;

/** Runs `submit` when Enter is pressed in a field of a form whose button is not a native one. */
export function submitOnEnter(submit: () => void) {
  return (event: KeyboardEvent) => {
    const inField = event.composedPath()[0] instanceof HTMLInputElement;
    if (event.key !== 'Enter' || !inField) return;
    event.preventDefault();
    submit();
  };
}
