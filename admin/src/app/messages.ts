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

/** Asks in a dialog; `false` when it is closed in any other way. */
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
    dialog.opened = true;
  });
};
