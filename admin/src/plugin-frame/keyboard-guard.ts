import { focused } from '../focus/focused.ts';

const FIELD = 'input, textarea, select, [contenteditable]';
const MODAL = 'dialog:modal, vaadin-dialog';
/** Nobody goes from the keys into a frame so fast. */
const TYPING_MS = 400;

interface Field {
  element: HTMLElement;
  /** The dialog it is in, while which is open nobody can get into a frame. */
  modal: (Element & { open?: boolean; opened?: boolean }) | undefined;
}

function fieldOf(event: FocusEvent): Field | null {
  const path = event.composedPath().filter((each) => each instanceof HTMLElement);
  const [element] = path;
  return element?.matches(FIELD) ? { element, modal: path.find((each) => each.matches(MODAL)) } : null;
}

/**
 * Tells when the frame takes the keyboard from somebody who is typing into a field of the shell, perhaps a password:
 * browsers let any frame do so, whatever its sandbox, and keep nothing from it. The field has the keyboard back by then.
 * What the shell itself gives the frame by `frame.focus()` is not taken. Returns the undo.
 */
export function guardKeyboard(frame: HTMLIFrameElement, taken: () => void): () => void {
  let field: Field | null = null;
  /** When the person last did something in the shell that does not lead into the frame. */
  let acted = Number.NEGATIVE_INFINITY;
  const onFocus = (event: FocusEvent): void => {
    field = fieldOf(event);
  };
  const onAct = (event: Event): void => {
    acted = event instanceof KeyboardEvent && event.key === 'Tab' ? Number.NEGATIVE_INFINITY : event.timeStamp;
  };
  const onEnter = (): void => {
    acted = Number.NEGATIVE_INFINITY;
  };
  /** Of the window: it comes when the focus has gone into a frame. */
  const onBlur = ({ timeStamp }: Event): void => {
    if (!field || focused() !== frame) return;
    const { element, modal } = field;
    const isKept = (modal?.open ?? modal?.opened ?? false) || timeStamp - acted < TYPING_MS;
    if (!isKept) return;
    taken();
    element.focus();
  };
  // Only the shell can call it, e.g. when a dialog closes by a key and what was in front of it gets the focus back.
  frame.focus = (options) => {
    const before = field;
    field = null;
    HTMLElement.prototype.focus.call(frame, options);
    if (focused() !== frame) field = before;
  };
  window.addEventListener('focusin', onFocus, true);
  window.addEventListener('pointerdown', onAct, true);
  window.addEventListener('keydown', onAct, true);
  frame.addEventListener('pointerenter', onEnter);
  window.addEventListener('blur', onBlur);
  return () => {
    Reflect.deleteProperty(frame, 'focus');
    window.removeEventListener('focusin', onFocus, true);
    window.removeEventListener('pointerdown', onAct, true);
    window.removeEventListener('keydown', onAct, true);
    frame.removeEventListener('pointerenter', onEnter);
    window.removeEventListener('blur', onBlur);
  };
}
