/** The language of mails that suits this browser. */
export function browserLocale(): 'en' | 'de' {
  return navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en';
}
