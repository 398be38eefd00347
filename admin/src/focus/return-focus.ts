import { focused } from './focused.ts';

type Control = HTMLElement & { disabled?: boolean };

/** Focuses it once it can be used again, unless something else has the focus then. */
function wait(control: Control): MutationObserver {
  const observer = new MutationObserver(() => {
    if (control.disabled) return;
    observer.disconnect();
    if (focused() === null && control.isConnected) control.focus({ preventScroll: true });
  });
  observer.observe(control, { attributeFilter: ['disabled'] });
  return observer;
}

/**
 * A button cannot be pressed while what it set off is being done. The dialog that asks meanwhile cannot give it the focus
 * back then, and whoever goes on by keys would begin at the top of the page: it gets the focus once it can be pressed.
 */
export function returnFocus(): () => void {
  let waiting: MutationObserver | null = null;
  const onFocusOut = (event: FocusEvent) => {
    const [control] = event.composedPath();
    if (!(control instanceof HTMLElement) || !(control as Control).disabled) return;
    waiting?.disconnect();
    waiting = wait(control);
  };
  window.addEventListener('focusout', onFocusOut, true);
  return () => {
    window.removeEventListener('focusout', onFocusOut, true);
    waiting?.disconnect();
  };
}
