import '@vaadin/confirm-dialog';
import type { UiContext } from '@bazaar/sdk/ui';
import { Notification } from '@vaadin/notification';

/** Errors stay until they are read; the rest goes by itself. */
const DURATION_MS = { success: 4_000, info: 5_000, error: 10_000 };

/** A short message at the edge of the window, announced to screen readers. */
export const notify: UiContext['notify'] = (message, kind = 'info') => {
  Notification.show(message, {
    theme: kind,
    position: 'bottom-end',
    duration: DURATION_MS[kind],
    assertive: kind === 'error',
  });
};

/**
 * Asks in a dialog; `false` when it is closed in any other way. A key that is pressed once too often must not lose
 * anything: what is dangerous does not begin with the focus.
 */
export const confirm: UiContext['confirm'] = ({ title, message, confirm: label, danger = false }) => {
  const dialog = document.createElement('vaadin-confirm-dialog');
  dialog.header = title;
  dialog.message = message;
  dialog.confirmText = label;
  dialog.confirmTheme = danger ? 'primary error' : 'primary';
  dialog.cancelButtonVisible = true;
  dialog.cancelText = 'Cancel';
  document.body.append(dialog);
  return new Promise((resolve) => {
    let agreed = false;
    dialog.addEventListener('confirm', () => {
      agreed = true;
    });
    dialog.addEventListener('closed', () => {
      dialog.remove();
      resolve(agreed);
    });
    if (danger) {
      // The dialog has focused its first button by then; it says so nowhere else.
      const onOpen = () => dialog.querySelector<HTMLElement>('[slot="cancel-button"]')?.focus();
      document.body.addEventListener('vaadin-overlay-open', onOpen, { once: true });
    }
    dialog.opened = true;
  });
};
