import type { App } from './app.ts';

const EVENT = 'bazaar-app-request';

type Give = (app: App) => void;

/** For elements that plugins place by tag: asks the shell around them for the app. */
export function requestApp(element: Element): App | null {
  let given: App | null = null;
  const detail: Give = (app) => {
    given = app;
  };
  element.dispatchEvent(new CustomEvent(EVENT, { detail, bubbles: true, composed: true }));
  return given;
}

/** Answers such requests below `element`. */
export function answerAppRequests(element: Element, app: App): void {
  element.addEventListener(EVENT, (event) => {
    event.stopPropagation();
    (event as CustomEvent<Give>).detail(app);
  });
}
