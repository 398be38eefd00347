import type { FrameLocator, Locator, Page } from 'playwright-core';

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
