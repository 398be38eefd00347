import type { Page } from 'playwright-core';

const KEPT = 15;
const SHOWN_LENGTH = 2500;

/** Of each page that is open: what went wrong on it last. */
const mishaps = new Map<Page, string[]>();

/** Remembers what goes wrong on this page until it is closed. */
export function watch(page: Page): void {
  const lines: string[] = [];
  mishaps.set(page, lines);
  const note = (line: string) => {
    lines.push(`${new Date().toISOString().slice(11, 23)} ${line}`);
    if (lines.length > KEPT) lines.shift();
  };
  page.on('pageerror', (error) => note(String(error)));
  page.on('console', (message) => message.type() === 'error' && note(message.text()));
  page.on('requestfailed', (request) => note(`${request.method()} ${request.url()}: ${request.failure()?.errorText}`));
  page.on('response', (response) => {
    if (response.status() >= 400) note(`${response.request().method()} ${response.url()}: ${response.status()}`);
  });
  page.on('close', () => mishaps.delete(page));
}

/** What can be read on all open pages and their frames, and what went wrong on them: for a test that failed. */
export async function whatStood(): Promise<string> {
  const pages = [...mishaps].map(async ([page, lines]) => {
    const frames = page.frames().map(async (frame) => {
      const text = await frame.locator('body').ariaSnapshot({ timeout: 2000 }).catch(String);
      return `${frame.url()}\n${text.slice(-SHOWN_LENGTH)}`;
    });
    return [...(await Promise.all(frames)), ...lines].join('\n');
  });
  return (await Promise.all(pages)).join('\n\n');
}
