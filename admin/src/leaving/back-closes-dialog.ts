import type { OpenDialogs } from './open-dialogs.ts';

interface HistoryEntry {
  readonly key: string;
  readonly index: number;
  /** Whether going there leaves this page loaded. */
  readonly sameDocument: boolean;
}

interface Navigation extends EventTarget {
  readonly currentEntry: HistoryEntry | null;
  entries(): HistoryEntry[];
}

interface NavigateEvent extends Event {
  readonly navigationType: 'push' | 'replace' | 'reload' | 'traverse';
}

function closeDialogInFront(): void {
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
}

/**
 * Back closes the dialog that stands in front, as Escape does; the page behind it is left by the next press. Browsers
 * without the Navigation API leave the page at once.
 */
export function backClosesDialog(dialogs: OpenDialogs): void {
  const { navigation } = globalThis as { navigation?: Navigation };
  if (!navigation) return;
  /** Entries that were added for a dialog, and those they stand on: the same address. */
  const steps = new Map<string, string>();

  /**
   * A press that would load another page cannot be held back. So one entry more is put between, with the same address,
   * for the press to end at.
   */
  const addStep = () => {
    const { currentEntry } = navigation;
    if (!currentEntry || navigation.entries()[currentEntry.index - 1]?.sameDocument) return;
    history.pushState(history.state, '', location.href);
    if (navigation.currentEntry) steps.set(navigation.currentEntry.key, currentEntry.key);
  };

  dialogs.onOpened(() => {
    if (dialogs.any) addStep();
  });
  navigation.addEventListener('navigate', (event) => {
    const { navigationType, cancelable } = event as NavigateEvent;
    if (navigationType !== 'traverse' || !cancelable || !dialogs.any) return;
    event.preventDefault();
    closeDialogInFront();
  });
  navigation.addEventListener('currententrychange', (event) => {
    const { from } = event as Event & { from: HistoryEntry };
    const below = steps.get(from.key);
    if (below === undefined || navigation.currentEntry?.key !== below) return;
    // The step has done its duty: the press was meant for what was there before.
    if (dialogs.any) closeDialogInFront();
    else history.back();
  });
}
