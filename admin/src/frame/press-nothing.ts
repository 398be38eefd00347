/**
 * A press on nothing in particular of this page, as what is open here expects it in order to close: the press itself was
 * outside of the frame.
 */
export function pressNothing(): void {
  const init = { bubbles: true, composed: true };
  const page = document.documentElement;
  page.dispatchEvent(new PointerEvent('pointerdown', init));
  page.dispatchEvent(new MouseEvent('mousedown', init));
  page.dispatchEvent(new PointerEvent('pointerup', init));
  page.dispatchEvent(new MouseEvent('mouseup', init));
  page.dispatchEvent(new MouseEvent('click', init));
}
