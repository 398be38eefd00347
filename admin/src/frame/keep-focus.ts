/** What has the focus of this page, however deep; `null` when nothing in particular does. */
function focused(): HTMLElement | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element instanceof HTMLElement && element !== document.body ? element : null;
}

/**
 * Gives the focus back to what had it when the frame gets it back from the page around it, e.g. after a question of the
 * shell: browsers forget it as soon as something outside of the frame has the focus.
 */
export function keepFocus(): void {
  let last: HTMLElement | null = null;
  window.addEventListener('focusin', () => {
    last = focused();
  });
  // Whoever presses something says anew what the focus is to be on.
  window.addEventListener(
    'pointerdown',
    ({ isTrusted }) => {
      if (isTrusted) last = null;
    },
    true,
  );
  window.addEventListener('focus', () => {
    // The key that leads into the frame puts the focus on something itself.
    setTimeout(() => {
      if (document.hasFocus() && focused() === null && last?.isConnected) last.focus({ preventScroll: true });
    });
  });
}
