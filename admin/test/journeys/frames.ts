import type { FrameLocator, Locator, Page } from 'playwright-core';
import type { Product } from './product.ts';

/**
 * A signed-in browser whose shell takes every plugin for a sandboxed one. How handlers run on the server makes no
 * difference to a frame; this way it is tried with the plugins that have the richest screens.
 */
export async function signInFramed(
  product: Product,
  email: string,
  options?: Parameters<Product['signIn']>[1],
): Promise<Page> {
  return product.signIn(email, options, async (page) => {
    await page.route('**/api/shell', async (route) => {
      const response = await route.fetch();
      const shell = (await response.json()) as { screens?: object[]; widgets?: object[] };
      for (const part of [...(shell.screens ?? []), ...(shell.widgets ?? [])]) Object.assign(part, { framed: true });
      await route.fulfill({ response, json: shell });
    });
  });
}

/** Content of the frame that shows a screen or widget with this title. */
export function frameOf(page: Page, title: string): FrameLocator {
  return page.frameLocator(`iframe[title^="${title}"]`);
}

/** Clicks what leads to another screen. The browser may never answer for a click whose frame is gone by then. */
export async function follow(page: Page, link: Locator, address: RegExp): Promise<void> {
  const clicked = link.click().catch((error: unknown) => error);
  try {
    await page.waitForURL(address);
  } catch (error) {
    throw new Error(`nothing led to ${address}`, { cause: (await clicked) ?? error });
  }
}
