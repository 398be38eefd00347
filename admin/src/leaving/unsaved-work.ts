import { UnsavedGuard } from '@bazaar/sdk/ui';
import type { ReactiveControllerHost } from 'lit';
import type { App } from '../app/app.ts';

type Page = ReactiveControllerHost & { app: Pick<App, 'confirm' | 'router'> };

/** What is asked before something is lost. */
export interface Question {
  title: string;
  message: string;
}

const UNSAVED: Question = {
  title: 'Leave without saving?',
  message: 'What you have changed on this page will be lost.',
};

/** Asks before what was changed on a page of the kernel, and not saved, is lost by leaving it. */
export class UnsavedWork extends UnsavedGuard {
  constructor(page: Page, isUnsaved: () => boolean, question: () => Question = () => UNSAVED) {
    super({
      isDirty: isUnsaved,
      // Another tab of the page is another form.
      stays: ({ pathname, search }) => pathname === location.pathname && search === location.search,
      confirm: () => page.app.confirm({ ...question(), confirm: 'Leave', danger: true }),
      leave: (path) => page.app.router.navigate(path),
    });
    page.addController(this);
  }
}
