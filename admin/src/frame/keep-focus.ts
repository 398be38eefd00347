import { focused } from '../focus/focused.ts';

/**
 * Gives the focus back to what had it when the frame gets it back from the page around it, e.g. after a question of the
 * shell: browsers forget it as soon as something outside of the frame has the focus.
 */
export function keepFocus(): void {
  let last: HTMLElement | null = null;
  const note = ({ isTrusted }: Event) => {
    if (isTrusted) last = focused();
  };
  // A move of the focus within one shadow tree is told to nobody outside of it; what is pressed is. A key moves the
  // focus before it is let go, and may lead out of the frame as soon as it is pressed.
  for (const event of ['focusin', 'keydown', 'keyup', 'pointerup']) window.addEventListener(event, note, true);
  window.addEventListener('focus', () => {
    // A key or a press that leads into the frame puts the focus on something itself.
    setTimeout(() => {
      if (document.hasFocus() && focused() === null && last?.isConnected) last.focus({ preventScroll: true });
    });
  });
}
