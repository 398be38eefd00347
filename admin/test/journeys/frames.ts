import type { Download, FrameLocator, Locator, Page } from 'playwright-core';

const ATTEMPTS = 5;
const ATTEMPT_MS = 8000;

/** Content of the frame that shows a screen or widget with this title. */
export function frameOf(page: Page, title: string): FrameLocator {
  return page.frameLocator(`iframe[title^="${title}"]`);
}

/**
 * Clicks what leads to another screen, or makes something else happen, until it does. A click is lost when the frame
 * moves under it, as it does while widgets come above; and the browser may never answer for one whose frame is gone.
 */
async function clickUntil<Effect>(
  target: Locator,
  what: string,
  effect: (limit: number) => Promise<Effect>,
): Promise<Effect> {
  let refusal: unknown;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const happened = effect(ATTEMPT_MS);
    target.click({ timeout: ATTEMPT_MS }).catch((error: unknown) => {
      refusal = error;
    });
    const failed = await happened.then(
      () => null,
      (error: unknown) => error,
    );
    if (failed === null) return happened;
    refusal ??= failed;
  }
  throw new Error(`nothing led to ${what}`, { cause: refusal });
}

/** Clicks what leads to another screen. */
export async function follow(page: Page, link: Locator, address: RegExp): Promise<void> {
  await clickUntil(link, String(address), (timeout) => page.waitForURL(address, { timeout }));
}

/** Clicks what saves a file. */
export async function download(page: Page, button: Locator): Promise<Download> {
  return clickUntil(button, 'a download', (timeout) => page.waitForEvent('download', { timeout }));
}
