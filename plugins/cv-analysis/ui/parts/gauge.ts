import { css, html, svg, type TemplateResult } from 'lit';
import { fitOf } from './words.ts';

const RADIUS = 42;
const ROUND = 2 * Math.PI * RADIUS;

/** A score of 0–100 as a ring; `null` when there was nothing to compare. */
export function gauge(score: number | null): TemplateResult {
  const fit = score === null ? null : fitOf(score);
  const name = fit === null ? 'No score: nothing to compare' : `Score ${score} of 100: ${fit.words}`;
  const filled = ((score ?? 0) / 100) * ROUND;
  return html`<figure class="gauge ${fit?.look ?? ''}">
    <svg viewBox="0 0 100 100" role="img" aria-label=${name}>
      <circle class="track" cx="50" cy="50" r=${RADIUS}></circle>
      ${filled === 0 ? svg`` : svg`<circle class="fill" cx="50" cy="50" r=${RADIUS} stroke-dasharray="${filled} ${ROUND}"></circle>`}
      <text class="figure" x="50" y="49">${score ?? '–'}</text>
      <text class="of" x="50" y="68">of 100</text>
    </svg>
    <figcaption aria-hidden="true">${fit?.words ?? 'No score'}</figcaption>
  </figure>`;
}

export const gaugeStyles = css`
  .gauge {
    --gauge: var(--bz-text-muted);
    display: grid;
    justify-items: center;
    gap: var(--bz-space-1);
    width: 7rem;
    margin: 0;
    font-size: var(--bz-text-s);
    font-weight: 600;
    color: var(--gauge);
  }
  .gauge.success {
    --gauge: var(--bz-success);
  }
  .gauge.warning {
    --gauge: var(--bz-warning);
  }
  .gauge.danger {
    --gauge: var(--bz-danger);
  }
  .gauge circle {
    fill: none;
    stroke-width: 9;
  }
  .gauge .track {
    stroke: var(--bz-surface-3);
  }
  .gauge .fill {
    stroke: var(--gauge);
    stroke-linecap: round;
    transform: rotate(-90deg);
    transform-origin: center;
  }
  .gauge text {
    text-anchor: middle;
    dominant-baseline: middle;
    fill: var(--bz-text);
    font-variant-numeric: tabular-nums;
  }
  .gauge .figure {
    font-size: 27px;
    font-weight: 650;
  }
  .gauge .of {
    font-size: 10.5px;
    font-weight: 400;
    fill: var(--bz-text-muted);
  }
`;
