interface NavigateEvent extends Event {
  readonly navigationType: 'push' | 'replace' | 'reload' | 'traverse';
}

interface Overlay extends HTMLElement {
  readonly opened: boolean;
  readonly modeless: boolean;
}

/**
 * Back closes the dialog that stands in front, as Escape does; the page behind it is left by the next press. Browsers
 * without the Navigation API leave the page at once.
 */
export function backClosesDialog(): void {
  const opened = new Set<Overlay>();
  document.body.addEventListener('vaadin-overlay-open', (event) => {
    opened.add((event as CustomEvent<{ overlay: Overlay }>).detail.overlay);
  });
  const { navigation } = globalThis as { navigation?: EventTarget };
  navigation?.addEventListener('navigate', (event) => {
    const { navigationType, cancelable } = event as NavigateEvent;
    for (const overlay of opened) if (!overlay.opened || !overlay.isConnected) opened.delete(overlay);
    const covered = [...opened].some(({ modeless }) => !modeless);
    if (navigationType !== 'traverse' || !cancelable || !covered) return;
    event.preventDefault();
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
  });
}
