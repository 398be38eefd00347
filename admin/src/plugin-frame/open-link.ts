import type { UiContext } from '@bazaar/sdk/ui';

/** Opens what a frame's link leads to, if a person has just clicked and it is an address for people. */
export function openLink(url: string, notify: UiContext['notify']): void {
  const target = URL.parse(url);
  const letter = target?.protocol === 'mailto:' || target?.protocol === 'tel:';
  if (!target || !(letter || target.protocol === 'https:' || target.protocol === 'http:')) {
    notify('This link leads to nothing that can be opened.', 'error');
  } else if (!navigator.userActivation.isActive) {
    notify('A plugin wanted to open another page without being asked to.', 'error');
  } else if (letter) window.location.assign(target);
  else window.open(target, '_blank', 'noopener,noreferrer');
}
