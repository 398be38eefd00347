import '../theme/theme.css';
import '../elements/icon.ts';
import '../elements/vaadin-all.ts';
import { controlStyles, tokenStyles } from '@bazaar/sdk/ui';
import axe from 'axe-core';
import { render, type TemplateResult } from 'lit';
import { afterEach, expect } from 'vitest';

export { focused } from '../focus/focused.ts';

for (const { styleSheet } of [tokenStyles, controlStyles]) {
  if (styleSheet) document.adoptedStyleSheets.push(styleSheet);
}

afterEach(() => {
  document.body.replaceChildren();
});

/** Shows a template as the page's only content; its first element once it is rendered. */
export async function show<Shown extends HTMLElement>(template: TemplateResult): Promise<Shown> {
  const place = document.createElement('div');
  document.body.append(place);
  render(template, place);
  const element = place.firstElementChild as Shown & { updateComplete?: Promise<unknown> };
  await element.updateComplete;
  return element;
}

/** Fails with the rules that the page breaks and where. */
export async function expectAccessible(): Promise<void> {
  const { violations } = await axe.run(document.body, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
}
